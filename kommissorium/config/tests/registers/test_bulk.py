"""Every list that declares it: many rows changed at once, previewed, recorded, and undone."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommissorium.config.tests.registers.test_lists import FEW, MANY, fill
from kommissorium.conftest import Cast
from kommissorium.core.evidence.models import Event
from kommissorium.core.ui.navigation import PER_PAGE
from kommissorium.registers.installed import registers
from kommissorium.registers.lists import bulk as bulk_module
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.models import BulkChange, BulkRow
from kommissorium.registers.protocol import Register
from kommissorium.registers.views import bulk as bulk_views

type ClientOf = Callable[[Any], Client]
type Kind = type[ListPage[Any]]
pytestmark = pytest.mark.django_db
MARK = re.compile(r'name="mark" value="(\w+)"')
EVERYTHING = 6  # rows

each = pytest.mark.parametrize(
    ("register", "kind"),
    [
        pytest.param(register, kind, id=kind.code)
        for register in registers()
        for kind in register.lists
        if kind.bulk
    ],
)


def samples_of(register: Register) -> Any:
    room = type(register).__module__.rpartition(".")[0]
    return import_module(f"{room}.tests.bulk_samples")


def address(kind: Kind, /, **asked: Any) -> str:
    query = urlencode(asked or {"all": 1}, doseq=True)
    return f"{reverse('bulk_new', args=[kind.code])}?{query}"


def keys(kind: Kind, cast: Cast) -> list[int]:
    return list(kind(cast.coordinator).ordered().values_list("pk", flat=True))


def looked(browser: Client, url: str, form: dict[str, str]) -> tuple[str, str]:
    """Return the preview and its mark."""
    answer = browser.post(url, form)
    assert answer.status_code == 200
    page = answer.content.decode()
    found = MARK.search(page)
    assert found
    return page, found[1]


def pressed(browser: Client, url: str, form: dict[str, str]) -> BulkChange:
    _page, mark = looked(browser, url, form)
    answer = browser.post(url, {**form, "mark": mark})
    assert answer.status_code == 302
    change = BulkChange.objects.latest("pk")
    assert answer["Location"] == change.get_absolute_url()
    return change


@each
def test_it_is_shown_then_done_and_told_of_each_row(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(EVERYTHING))
    samples, browser = samples_of(register), client_of("coordinator")
    form, before = samples.FORM[kind.code], samples.held()
    url = address(kind)
    assert browser.get(url).status_code == 200
    page, _mark = looked(browser, url, form)
    assert samples.held() == before
    assert not BulkChange.objects.exists()
    for row in kind(cast.coordinator).ordered():
        assert str(row).split("<")[0].strip() in page
    change = pressed(browser, url, form)
    assert samples.held() != before
    assert (change.by, change.rows.count()) == (cast.coordinator, EVERYTHING)
    assert Event.objects.about(change).get().act == "registers.many_changed"
    act, _back = samples.ACTS[kind.code]
    for pk in keys(kind, cast):
        row = kind.model._default_manager.get(pk=pk)
        assert Event.objects.about(row).order_by("-seq").first().act == act
    assert browser.get(change.get_absolute_url()).status_code == 200


@each
def test_it_is_undone_by_one_press_and_only_once(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(EVERYTHING))
    samples, browser = samples_of(register), client_of("coordinator")
    before = samples.held()
    change = pressed(browser, address(kind), samples.FORM[kind.code])
    assert browser.post(reverse("bulk_undo", args=[change.pk])).status_code == 302
    assert samples.held() == before
    assert Event.objects.about(change).latest("seq").act == "registers.many_put_back"
    row = kind.model._default_manager.get(pk=keys(kind, cast)[0])
    assert Event.objects.about(row).latest("seq").act == samples.ACTS[kind.code][1]
    assert browser.post(reverse("bulk_undo", args=[change.pk])).status_code == 400
    assert samples.held() == before
    assert browser.get(change.get_absolute_url()).status_code == 200


@each
def test_undoing_leaves_what_others_changed_since_and_names_it(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(EVERYTHING))
    samples, browser = samples_of(register), client_of("coordinator")
    before, one = samples.held(), keys(kind, cast)[0]
    change = pressed(browser, address(kind), samples.FORM[kind.code])
    samples.meddle(cast, one)
    theirs = next(row for row in samples.held() if row[0] == one)
    name = str(kind.model._default_manager.get(pk=one)).split("<")[0].strip()
    assert name in browser.get(change.get_absolute_url()).content.decode().split("<table")[0]
    assert browser.post(reverse("bulk_undo", args=[change.pk])).status_code == 302
    for now, then in zip(samples.held(), before, strict=True):
        assert now == (theirs if now[0] == one else then)
    assert set(BulkRow.objects.filter(is_back=False).values_list("thing_id", flat=True)) == {one}


@each
def test_undoing_is_refused_where_all_of_it_was_changed_since(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(FEW))
    samples, browser = samples_of(register), client_of("coordinator")
    change = pressed(browser, address(kind), samples.FORM[kind.code])
    for pk in keys(kind, cast):
        samples.meddle(cast, pk)
    held = samples.held()
    assert browser.post(reverse("bulk_undo", args=[change.pk])).status_code == 400
    change.refresh_from_db()
    assert (samples.held(), change.undone_at) == (held, None)


@each
def test_what_somebody_changed_after_the_look_is_looked_at_again(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(FEW))
    samples, browser = samples_of(register), client_of("coordinator")
    form, url = samples.FORM[kind.code], address(kind)
    _page, mark = looked(browser, url, form)
    samples.meddle(cast, keys(kind, cast)[0])
    held = samples.held()
    answer = browser.post(url, {**form, "mark": mark})
    assert answer.status_code == 409
    assert samples.held() == held
    again = MARK.search(answer.content.decode())
    assert again
    assert browser.post(url, {**form, "mark": again[1]}).status_code == 302
    assert browser.post(url, {**form, "mark": again[1]}).status_code == 409  # it is done already
    assert BulkChange.objects.count() == 1


@each
def test_nothing_chosen_nothing_wished_nonsense_and_too_many_are_refused(
    cast: Cast,
    client_of: ClientOf,
    register: Register,
    kind: Kind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(register, cast, range(FEW))
    samples, browser = samples_of(register), client_of("coordinator")
    form, held = samples.FORM[kind.code], samples.held()
    one = keys(kind, cast)[0]
    for wish in ("x", "\0", "9" * 40, "-1", "0", ""):
        assert browser.get(address(kind, one=wish)).status_code == 400, wish
        if wish:
            bad = dict.fromkeys(form, wish)
            assert browser.post(address(kind, one=one), bad).status_code == 400, wish
    assert browser.post(address(kind, one=one), {}).status_code == 400
    assert browser.post(address(kind, one=one), {**form, "mark": "0"}).status_code == 409
    monkeypatch.setattr(bulk_views, "MOST_AT_ONCE", 1)
    answer = browser.post(address(kind), form)
    assert answer.status_code == 400
    assert b" 1 " in answer.content
    assert samples.held() == held
    assert not BulkChange.objects.exists()


@each
def test_rows_are_chosen_in_the_list(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(PER_PAGE + 2))
    browser = client_of("coordinator")
    page = browser.get(kind.url()).content.decode()
    assert len(re.findall(r'type="checkbox" name="one"', page)) == PER_PAGE
    assert f'action="{reverse("bulk_new", args=[kind.code])}"' in page
    assert 'name="all" value="1"' in page
    chosen = browser.get(kind.url("chosen=page")).content.decode()
    assert len(re.findall(r'name="one" id="one-\d+" value="\d+" checked', chosen)) == PER_PAGE
    first = keys(kind, cast)[:3]
    found = browser.get(address(kind, one=first)).content.decode()
    assert re.search(r"<h1[^>]*>[^<]*\b3\b", found)
    whole = browser.get(address(kind)).content.decode()
    assert re.search(rf"<h1[^>]*>[^<]*\b{PER_PAGE + 2}\b", whole)


@each
def test_who_may_change_nothing_is_offered_nothing(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    fill(register, cast, range(FEW))
    pk = keys(kind, cast)[0]
    for who in ("auditor", "executive"):
        browser = client_of(who)
        assert b'name="one"' not in browser.get(kind.url("chosen=page&change=1")).content
        assert browser.get(address(kind, one=pk)).status_code == 403
    assert client_of("coordinator").get(address_of("nothing")).status_code == 404


def address_of(code: str) -> str:
    return f"{reverse('bulk_new', args=[code])}?all=1"


@each
def test_it_asks_little_more_of_many_rows_than_of_few(
    cast: Cast, client_of: ClientOf, register: Register, kind: Kind
) -> None:
    samples, browser = samples_of(register), client_of("coordinator")
    form, url = samples.FORM[kind.code], address(kind)

    def asked(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured.captured_queries)

    def all_of_it() -> list[int]:
        browser.get(url)
        looks = [asked(lambda: browser.get(url)), asked(lambda: browser.post(url, form))]
        _page, mark = looked(browser, url, form)
        return [*looks, asked(lambda: browser.post(url, {**form, "mark": mark}))]

    fill(register, cast, range(1, 1 + FEW))
    few = all_of_it()
    fill(register, cast, range(1 + FEW, 1 + MANY))
    many = all_of_it()
    assert many[:2] == few[:2]
    assert max(many[:2]) <= 20
    assert many[2] - few[2] <= 3 * (MANY - FEW)  # an event of each row, and little else


@each
def test_what_is_declared_can_be_asked_for(register: Register, kind: Kind, cast: Cast) -> None:
    assert kind.bulk
    parts = kind.bulk.parts()
    assert len({part.code for part in parts}) == len(parts) > 0
    names = [name for part in parts for name in part.fields()]
    assert len(set(names)) == len(names)
    assert kind.bulk.offered(cast.coordinator)
    assert bulk_module.MOST_AT_ONCE >= 5000
