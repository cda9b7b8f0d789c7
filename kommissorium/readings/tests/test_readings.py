"""Readers of a document, who is asked again, and what figures by area reveal and do not."""

from __future__ import annotations

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kommissorium.accounts.actions.sign_in import close_login
from kommissorium.assets.actions.areas import add_area
from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.conftest import Cast
from kommissorium.core.refusals import Refused
from kommissorium.policies.models import Document
from kommissorium.policies.tests.cases import approved, rule
from kommissorium.readings.actions.readings import choose_audience, confirm_reading
from kommissorium.readings.models import Reading
from kommissorium.readings.readers import (
    figures_of,
    in_force_with_since,
    is_for,
    owners_who_read,
    readers_of,
    to_read,
    told_by_area,
    with_reading,
)
from kommissorium.readings.todo import reminders_on, todos_of
from kommissorium.registers.numbers import LEAST

pytestmark = pytest.mark.django_db


def choose(cast: Cast, found: Document, *groups: str, areas=()) -> None:
    choose_audience(found, groups=groups, areas=areas, by=cast.coordinator)


def names(people) -> set[str]:
    return {one.name for one in people}


@pytest.fixture
def owned(cast: Cast):
    """A system of the employee's, in an area that the member heads."""
    area = add_area(name="Hjemmepleje", head=cast.member, by=cast.coordinator)
    asset = add_asset(by=cast.coordinator, kind="system", values={"name": "Nexus", "area": area})
    appoint(asset, "system_owner", cast.employee, by=cast.coordinator)
    return area


def test_an_audience_is_people_of_today(cast: Cast, owned) -> None:
    found, today = rule(cast), timezone.localdate()
    choose(cast, found, "owners")
    assert names(readers_of(found, today)) == {cast.employee.name}
    choose(cast, found, areas=[owned])
    assert names(readers_of(found, today)) == {cast.employee.name, cast.member.name}
    choose(cast, found, "heads")
    assert names(readers_of(found, today)) == {cast.member.name}
    choose(cast, found, "executive")
    assert names(readers_of(found, today)) == {cast.executive.name}
    choose(cast, found, "everybody")
    people = readers_of(found, today)
    assert cast.member in people and cast.system_owner not in people  # has no password
    for one in (cast.member, cast.employee, cast.system_owner, cast.executive):
        assert is_for(found, one, today) == people.filter(pk=one.pk).exists()
    close_login(cast.employee, by=cast.coordinator)
    assert cast.employee not in readers_of(found, today)
    with pytest.raises(PermissionDenied):
        choose_audience(found, groups=["everybody"], areas=[], by=cast.employee)


def test_a_material_version_asks_anew_and_others_do_not(cast: Cast, owned) -> None:
    found, today = rule(cast), timezone.localdate()
    choose(cast, found, "owners")
    first = found.version_on(today)
    assert [one.pk for one in to_read(cast.employee, today)] == [first.pk]
    assert to_read(cast.member, today) == []
    with pytest.raises(PermissionDenied):
        confirm_reading(first, by=cast.member)
    confirm_reading(first, by=cast.employee)
    confirm_reading(first, by=cast.employee)
    assert Reading.objects.count() == 1 and to_read(cast.employee, today) == []
    assert owners_who_read(today) == {cast.employee.pk}
    minor = approved(cast, found, change="minor")
    assert found.version_on(today) == minor and to_read(cast.employee, today) == []
    with pytest.raises(Refused):
        confirm_reading(first, by=cast.employee)
    new = approved(cast, found, change="material")
    assert [one.pk for one in to_read(cast.employee, today)] == [new.pk]
    assert owners_who_read(today) == set()


def test_it_is_told_once_by_mail_and_again_while_it_waits(cast: Cast, owned) -> None:
    found, today = rule(cast), timezone.localdate()
    choose(cast, found, "owners")
    (todo,) = todos_of(cast.employee, today)
    assert todo.url == found.get_absolute_url()
    keys = {ago: [r.key for r in reminders_on(today + timedelta(ago))] for ago in (0, 13, 14, 99)}
    assert keys[0] == keys[13] and len(keys[0]) == 1 and keys[0] != keys[14] != keys[99]
    confirm_reading(found.version_on(today), by=cast.employee)
    assert not list(todos_of(cast.employee, today)) and not list(reminders_on(today))


def test_one_button_confirms_and_only_some_see_who(cast: Cast, client_of, owned) -> None:
    found = rule(cast)
    choose(cast, found, "owners", "committees")
    version, browser = found.version_on(timezone.localdate()), client_of("employee")
    button = reverse("policy_read", args=[version.pk])
    for url in (found.get_absolute_url(), reverse("handbook_document", args=[found.pk])):
        shown = browser.get(url).content.decode()
        last_words = version.text.rpartition("</")[0].rpartition(">")[2]
        assert 0 < shown.index(last_words) < shown.index(button), "one reads before"
    assert browser.post(button).url == found.get_absolute_url()
    assert button not in browser.get(found.get_absolute_url()).content.decode()
    page, file = (reverse(one, args=[found.pk]) for one in ("policy_readers", "policy_readings"))
    for who, status in (("coordinator", 200), ("auditor", 200), ("chair", 403), ("employee", 403)):
        shown = client_of(who).get(page).content.decode()
        assert (cast.member.name in shown) is (status == 200), who
        assert client_of(who).get(file).status_code == status, who
    answer = client_of("auditor").get(file)
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    listed = {row[0]: row[3] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert listed[cast.employee.name] and not listed[cast.member.name]


def test_no_history_tells_who_has_read_it(cast: Cast, client_of, owned) -> None:
    found = rule(cast)
    choose(cast, found, "owners")
    version = found.version_on(timezone.localdate())
    confirm_reading(version, by=cast.employee)
    of_version = reverse("proposal_history", args=["policy", version.pk])
    for who in ("chair", "employee", "coordinator"):
        shown = client_of(who).get(of_version).content.decode()
        assert "godkendt ved beslutning" in shown and "bekræftede" not in shown, who
    whole = reverse("policy_history", args=[found.pk])
    assert "bekræftede" not in client_of("coordinator").get(whole).content.decode()


def test_the_audience_is_chosen_on_its_page(cast: Cast, client_of, owned) -> None:
    found = rule(cast)
    url = reverse("policy_audience", args=[found.pk])
    sent = {"groups": ["owners"], "areas": [str(owned.pk)]}
    assert client_of("employee").post(url, sent).status_code == 403
    assert client_of("coordinator").post(url, sent).status_code == 302
    assert {str(one) for one in found.audiences.all()} >= {"Hjemmepleje"}
    assert client_of("coordinator").post(url, {"groups": ["x"]}).status_code == 400


def test_figures_count_each_reader_once(cast: Cast, owned) -> None:
    found, today = rule(cast), timezone.localdate()
    choose(cast, found, "owners", "committees", "everybody", areas=[owned])
    version = in_force_with_since(today).get(document=found)
    confirm_reading(found.version_on(today), by=cast.employee)
    people = list(with_reading(version, today))
    figures = figures_of(version, today)
    assert len({one.pk for one in people}) == len(people) == figures.people
    assert figures.read == sum(one.read_at is not None for one in people) == 1


SIZES = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 12), max_size=8)


@given(SIZES)
def test_no_figure_and_no_subtraction_tells_of_fewer_than_five(people: dict[str, int]) -> None:
    told = told_by_area(people, Counter({name: size // 2 for name, size in people.items()}))
    whole = sum(people.values())
    named = [one for one in told if one.name in people]
    assert all(one.people >= LEAST for one in told)
    hidden = whole - sum(one.people for one in named)
    if told:
        assert hidden == 0 or hidden >= LEAST
        assert len(people) - len(named) != 1
    assert {one.name: one.people for one in named}.items() <= people.items()
