from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.seats import add_seat, take_seat
from kommissorium.committees.views.roster import safe_cell
from kommissorium.conftest import LATE

pytestmark = pytest.mark.both("characters no column holds")


@pytest.fixture
def url(cast):
    return reverse("seat_history", args=[cast.committee.pk])


@pytest.fixture
def change(cast):
    """The chair's seat changed hands ten days ago."""
    chair = cast.committee.seats.get(role="chair")
    day = timezone.localdate() - timedelta(days=10)
    take_seat(chair, by=None, person=cast.system_owner, from_date=day, because=LATE)
    return day


def test_all_holders_are_there(client_of, cast, url, change):
    page = client_of("member").get(url)
    assert page.status_code == 200
    assert cast.chair.name in page.text
    assert cast.system_owner.name in page.text


def test_each_seat_and_each_time_it_was_held_can_be_led_to(client_of, cast, url, change):
    browser = client_of("auditor")
    page, day = browser.get(url).text, browser.get(url, {"on": str(change)}).text
    for seat in cast.committee.seats.all():
        assert page.count(f'id="seat-{seat.pk}"') == day.count(f'id="seat-{seat.pk}"') == 1
        for holding in seat.holdings.all():
            assert page.count(f'id="holding-{holding.pk}"') == 1
    now = cast.committee.seats.get(role="chair").holdings.get(to_date=None)
    assert f'id="holding-{now.pk}"' in day


def test_the_committee_as_it_was_on_a_date(client_of, cast, url, change):
    holders = {}
    for day in (change - timedelta(days=1), change):
        page = client_of("member").get(url, {"on": str(day)})
        rows = {row.seat.role: row for row in page.context["rows"]}
        holders[day] = rows["chair"].holder.person
    assert list(holders.values()) == [cast.chair, cast.system_owner]


def test_before_the_first_seat_there_was_none(client_of, url):
    page = client_of("member").get(url, {"on": "1999-12-31"})
    assert page.status_code == 200
    assert page.context["rows"] == []
    assert "no seats on that date" in page.text


@pytest.mark.parametrize("on", ["x", "2026-02-30", "", "9999-99-99"])
def test_a_date_that_is_none_is_answered_with_a_sentence(client_of, url, on):
    page = client_of("member").get(url, {"on": on})
    assert page.status_code == 400
    assert page.context["form"].errors["on"]


def test_outsiders_do_not_find_it(client_of, cast, url):
    for who in ("employee", "administrator"):
        assert client_of(who).get(url).status_code == 404, who
        export = reverse("seat_export", args=[cast.committee.pk])
        assert client_of(who).get(export).status_code == 404, who


def test_only_those_who_arrange_seats_may_take_back(client_of, url):
    assert "/undo/" not in client_of("member").get(url).text
    assert "/undo/" in client_of("chair").get(url).text


def export(client, cast):
    answer = client.get(reverse("seat_export", args=[cast.committee.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_export_has_a_line_for_every_holding(client_of, cast, change):
    lines = export(client_of("member"), cast)
    chairs = [line for line in lines if line[1] == "Chair"]
    assert [line[5] for line in chairs] == [cast.system_owner.name, cast.chair.name]
    assert {len(line) for line in lines} == {10}


def test_a_vacant_seat_is_in_the_export(client_of, cast):
    add_seat(
        cast.committee, by=cast.coordinator, role="member", function="Lawyer", from_date=cast.since
    )
    assert export(client_of("member"), cast)[-1][2:6:3] == ["Lawyer", "Vacant"]


def test_no_cell_becomes_a_formula(client_of, cast):
    for function in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"):
        add_seat(
            cast.committee,
            by=cast.coordinator,
            role="member",
            function=function,
            from_date=cast.since,
        )
    for line in export(client_of("member"), cast):
        for cell in line:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0"])
def test_every_start_of_a_formula_is_disarmed(start):
    assert safe_cell(f"{start}1") == f"'{start}1"
    assert safe_cell(f"a{start}1") == f"a{start}1"
