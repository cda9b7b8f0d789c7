"""The year on the page: what is shown to whom, filters, far years, few queries, no writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kommissorium.conftest import Cast, in_days, plan
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.yearwheel.actions import adopt_duties, delegate, finish, move, skip
from kommissorium.yearwheel.duty_proposals import propose_duties
from kommissorium.yearwheel.models import Duty, Evidence, Move, Occurrence
from kommissorium.yearwheel.tests.conftest import Add, day
from kommissorium.yearwheel.wheel import Wheel, year_of
from kommissorium.yearwheel.wheel_entries import Filters

Browser = Callable[[str], Client]
MOST_QUERIES, MOST_READING = 12, 8


def year_page(cast: Cast, browser: Client, year: int, **query: Any) -> Any:
    return browser.get(reverse("wheel_year", args=[cast.committee.pk, year]), query)


def titles(page: Any) -> list[str]:
    return [entry.title for month in page.context["months"] for entry in month.entries]


@pytest.fixture
def several(cast: Cast, add: Add) -> dict[str, Duty]:
    """One of each state within a year, all due in the same year as each other."""
    soon = day(5)
    duties = {
        name: add(title=name, due=soon, tags=("vigtig",) if name == "åben" else ())
        for name in ("åben", "gjort", "fejl", "sprunget over")
    }
    duties["plan"] = add(title="plan", rhythm="once", due=soon, responsible_person=cast.chair)

    def waits(name: str) -> Occurrence:
        return duties[name].occurrences.open().get()

    finish(waits("gjort"), by=cast.head_of_it, result="no_fault")
    finish(waits("fejl"), by=cast.head_of_it, result="critical", conclusion="Slemt")
    skip(waits("sprunget over"), by=cast.head_of_it, because="Fordi")
    return duties


def test_states_and_filters_stand_in_the_address(
    cast: Cast, several: dict[str, Duty], client_of: Browser
) -> None:
    browser, year = client_of("member"), day(5).year
    assert sorted(titles(year_page(cast, browser, year))) == sorted(several)
    assert titles(year_page(cast, browser, year, state="open")) == ["plan", "åben"]
    assert sorted(titles(year_page(cast, browser, year, state="done"))) == ["fejl", "gjort"]
    assert titles(year_page(cast, browser, year, state="done_with_fault")) == ["fejl"]
    assert titles(year_page(cast, browser, year, state="skipped")) == ["sprunget over"]
    assert titles(year_page(cast, browser, year, kind="plan")) == ["plan"]
    assert titles(year_page(cast, browser, year, person=cast.chair.pk)) == ["plan"]
    tag = several["åben"].tags.get()
    assert titles(year_page(cast, browser, year, tag=tag.pk)) == ["åben"]
    everything = year_page(cast, browser, year, state="x", tag="99", person="y", view="months")
    assert sorted(titles(everything)) == sorted(several)
    text = year_page(cast, browser, year, state="x").content.decode()
    assert "Slemt" not in text
    following = year_page(cast, browser, year + 1, state="projected")
    assert titles(following) == ["åben"]


def test_late_and_soon_are_said(cast: Cast, add: Add) -> None:
    late = add(title="sen", due=day(-40), months=1)
    add(title="senere", due=day(200), lead_days=30)
    found = Wheel(cast.committee).entries(day(-50), day(210))
    states = {(entry.title, entry.state) for entry in found}
    assert {("sen", "overdue"), ("senere", "open"), ("sen", "projected")} <= states
    # The periods behind the open one are late too, and no row.
    overdue = [entry for entry in found if entry.state == "overdue"]
    assert [entry.occurrence is None for entry in overdue] == [False, True]
    assert late.occurrences.count() == 1


def test_looking_writes_nothing_however_far_one_looks(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    duty = add(months=1, due=day(5))
    plan(cast)
    add(rhythm="meeting", months=None, due=None)
    counted = (Occurrence, Duty, Move, Evidence, Event)
    before = [model.objects.count() for model in counted]
    browser = client_of("coordinator")
    for year in (day(0).year, day(0).year + 30, 2999, 9998, 9999, 1):
        page = year_page(cast, browser, year)
        assert page.status_code == 200
        if day(0).year + 1 < year:
            assert titles(page) == [duty.title] * 12, year
    assert titles(year_page(cast, browser, 1)) == []
    for year in (0, 10_000, 10**20):
        assert browser.get(f"/yearwheel/{cast.committee.pk}/{year}/").status_code == 404
    assert browser.get(duty.get_absolute_url()).status_code == 200
    assert [model.objects.count() for model in counted] == before


def test_a_moved_one_is_shown_where_it_was_moved_to_alone(cast: Cast, add: Add) -> None:
    duty = add(months=12, due=date(day(0).year + 1, 12, 20))
    occurrence = duty.occurrences.get()
    year = occurrence.due.year
    move(occurrence, by=cast.coordinator, to=date(year + 1, 1, 10), because="Ferie")
    assert year_of(cast.committee, year, cast.chair) == []
    found = year_of(cast.committee, year + 1, cast.chair)
    assert [(e.due.month, e.was_moved) for e in found] == [(1, True), (12, False)]


def test_everybody_sees_what_is_theirs_to_see(cast: Cast, add: Add, client_of: Browser) -> None:
    add(title="alles", responsible_person=cast.head_of_it)
    own = add(title="Emmas", responsible_person=cast.employee)
    year = day(20).year
    for who in ("coordinator", "chair", "dpo", "member", "executive", "auditor"):
        assert titles(year_page(cast, client_of(who), year)) == ["alles", "Emmas"], who
    browser = client_of("employee")
    assert titles(year_page(cast, browser, year)) == ["Emmas"]
    assert browser.get(own.get_absolute_url()).status_code == 200
    assert browser.get(Duty.objects.get(title="alles").get_absolute_url()).status_code == 404
    assert year_page(cast, client_of("administrator"), year).status_code == 404
    assert client_of("administrator").get(reverse("yearwheel")).status_code == 200
    assert browser.get(reverse("yearwheel")).status_code == 302
    assert [e.title for e in year_of(cast.committee, year, cast.employee)] == ["Emmas"]


def test_only_what_one_may_do_can_be_chosen(
    cast: Cast, several: dict[str, Duty], client_of: Browser
) -> None:
    year = day(5).year
    chosen = year_page(cast, client_of("head_of_it"), year).context["selectable"]
    assert chosen == {several["åben"].occurrences.get().pk}
    assert len(year_page(cast, client_of("chair"), year).context["selectable"]) == 2
    assert year_page(cast, client_of("auditor"), year).context["selectable"] == set()


def test_an_empty_wheel_says_what_the_first_step_is(cast: Cast, client_of: Browser) -> None:
    year = timezone.localdate().year
    url = reverse("duty_proposals", args=[cast.committee.pk])
    assert url in year_page(cast, client_of("coordinator"), year).content.decode()
    shown = year_page(cast, client_of("member"), year)
    assert shown.status_code == 200
    assert url not in shown.content.decode()


def fill(cast: Cast, add: Add) -> None:
    adopt_duties(cast.committee, propose_duties(cast.committee), by=cast.coordinator)
    for number in range(20):
        duty = add(title=f"Pligt {number}", months=1, tags=(f"mærke {number}",))
        occurrence = duty.occurrences.get()
        delegate(occurrence, by=cast.head_of_it, to=cast.member)
        if number % 2:
            move(occurrence, by=cast.head_of_it, to=day(25), because="Fordi")
            finish(occurrence, by=cast.head_of_it, result="no_fault")
    for number in range(6):
        plan_meeting(
            cast.committee,
            by=cast.coordinator,
            starts_at=in_days(40 + 7 * number, 9),
            ends_at=in_days(40 + 7 * number, 10),
            place="Rådhuset",
        )


def test_pages_ask_few_queries_however_many_duties_there_are(
    cast: Cast, add: Add, client_of: Browser
) -> None:
    fill(cast, add)
    duty = Duty.objects.get(title="Pligt 1")
    pages = [
        reverse("wheel_year", args=[cast.committee.pk, day(0).year]),
        reverse("wheel_year", args=[cast.committee.pk, day(0).year + 1]) + "?view=months",
        reverse("wheel_duties", args=[cast.committee.pk]),
        reverse("duty_proposals", args=[cast.committee.pk]),
    ]
    for who in ("coordinator", "chair"):
        browser = client_of(who)
        browser.get(reverse("tasks"))  # the first request of a sign-in writes its session
        for url in pages:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(url).status_code == 200
            assert len(queries) <= MOST_QUERIES, (
                who,
                url,
                "\n".join(q["sql"][:60] + " … " + q["sql"][-160:] for q in queries),
            )
    browser = client_of("coordinator")
    browser.get(reverse("tasks"))
    for one in (duty, duty.occurrences.open().get(), duty.occurrences.get(state="done")):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(one.get_absolute_url()).status_code == 200
        assert len(queries) <= MOST_QUERIES, "\n".join(
            q["sql"][:60] + " … " + q["sql"][-160:] for q in queries
        )
    with CaptureQueriesContext(connection) as queries:
        assert year_of(cast.committee, day(0).year + 1, cast.member, Filters(state="projected"))
    assert len(queries) <= MOST_READING
