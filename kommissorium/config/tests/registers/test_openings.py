"""Every register's opening: before whom it stands, that it is fresh, and that it asks little."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from kommissorium.config.tests.registers.test_lists import fill
from kommissorium.conftest import Cast
from kommissorium.registers.actions.beginnings import put_off
from kommissorium.registers.counts import forget_counts
from kommissorium.registers.installed import registers
from kommissorium.registers.openings import told_by
from kommissorium.registers.protocol import Register
from kommissorium.registers.shown import shown_on

type ClientOf = Callable[[Any], Client]
pytestmark = pytest.mark.django_db
MOST_QUERIES = 12  # of an opening that nobody has asked for since something was done
OPENED = [one for one in registers() if one.opening]
each = pytest.mark.parametrize("register", OPENED, ids=lambda one: one.code)


def made(register: Register, cast: Cast, numbers: range) -> None:
    """Write rows, which leave no event that the kept numbers would be counted anew by."""
    fill(register, cast, numbers)
    forget_counts()


def questions(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured.captured_queries)


def test_every_register_with_a_list_has_a_front() -> None:
    assert [one.code for one in registers() if one.lists and not one.opening] == []


@each
def test_it_stands_on_top_of_its_list_for_who_reads_all_and_says_the_day(
    cast: Cast, client_of: ClientOf, register: Register
) -> None:
    made(register, cast, range(1, 16))
    answer = client_of("coordinator").get(register.lists[0].url())
    told = answer.context["opening"]
    assert told.day == timezone.localdate() and told.sentence.endswith(".")
    assert '<span class="opening-day">' in answer.text
    assert (told.wrong is not None) == ('class="opening-wrong"' in answer.text)
    assert (told.figure is not None) == ('<figure class="opening-figure">' in answer.text)
    if told.wrong:
        assert client_of("coordinator").get(told.wrong.url).status_code == 200
    assert "style=" not in answer.text.partition('<section class="opening"')[2][:9000]


@each
def test_who_does_not_read_all_of_it_is_told_nothing(
    cast: Cast, client_of: ClientOf, register: Register
) -> None:
    made(register, cast, range(1, 16))
    for who in ("employee", "system_owner", "administrator"):
        assert told_by(register, cast.who(who)) is None, who
        answer = client_of(who).get(register.lists[0].url())
        assert answer.status_code == 404 or "opening-day" not in answer.text, who


@each
def test_an_empty_register_tells_nothing(
    cast: Cast, client_of: ClientOf, register: Register
) -> None:
    forget_counts()
    assert told_by(register, cast.coordinator) is None
    assert "opening-day" not in client_of("coordinator").get(register.lists[0].url()).text


@each
def test_a_narrowed_list_and_a_register_not_in_use_have_none(
    cast: Cast, client_of: ClientOf, register: Register
) -> None:
    made(register, cast, range(1, 16))
    browser, url = client_of("coordinator"), register.lists[0].url()
    kind = register.lists[0]
    word = next(one.code for one in kind.filters if one.control == "search")
    assert "opening-day" not in browser.get(f"{url}?{word}=ær").text
    assert "opening-day" not in browser.get(f"{url}?page=1").text
    put_off([register.code], by=cast.coordinator, until=timezone.localdate() + timedelta(days=9))
    assert "opening-day" not in browser.get(url).text


@each
@pytest.mark.once  # it counts questions: see the root's conftest.py
def test_it_asks_as_much_of_few_rows_as_of_many_and_once_more_hardly_anything(
    cast: Cast, register: Register
) -> None:
    found, person = [], cast.coordinator
    assert person.is_coordinator  # their roles are known from now on

    def ask() -> None:
        assert told_by(register, person)

    for numbers in (range(1, 16), range(16, 46)):
        made(register, cast, numbers)
        with translation.override("da"):
            shown_on(timezone.localdate())  # is kept by itself, and controls are read from it
            found.append((questions(ask), questions(ask)))
    assert found[0] == found[1]
    most = 1 if register.opening and register.opening.is_same_for_all else 4
    assert found[0][0] <= MOST_QUERIES + 1 and found[0][1] <= most


@each
def test_what_is_kept_is_what_is_found_anew(cast: Cast, register: Register) -> None:
    made(register, cast, range(1, 16))
    kept = told_by(register, cast.coordinator)
    again = told_by(register, cast.who("auditor"))
    if register.opening and register.opening.is_same_for_all:
        assert again is kept
    made(register, cast, range(16, 30))
    assert told_by(register, cast.coordinator) is not kept


def test_the_page_of_all_registers_says_each_sentence(cast: Cast, client_of: ClientOf) -> None:
    kinds = [one for one in OPENED if one.code != "rulings"]  # its rows are of policies' own
    for one in kinds:
        fill(one, cast, range(1, 9))
    forget_counts()
    browser = client_of("coordinator")
    answer = browser.get("/in-use/")
    with translation.override("da"):
        for one in kinds:
            told = told_by(one, cast.coordinator, sentence_alone=True)
            assert told is not None and told.sentence in answer.text.replace("&#x27;", "'"), (
                one.code
            )
    asked = questions(lambda: browser.get("/in-use/"))
    assert asked <= 14
    assert "Sikkerhedshændelser" not in answer.text
