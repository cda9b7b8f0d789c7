"""Proposals of the mandate to a new committee: after its first meeting, spread, as wished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.actions.committee import found_committee
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.reader import read_text
from kommissorium.conftest import Cast, in_days, plan, time_is
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.yearwheel.actions import adopt_duties
from kommissorium.yearwheel.defaults.effort import Size
from kommissorium.yearwheel.duty_proposals import (
    CEILING,
    ProposedDuty,
    propose_duties,
    propose_spread,
)
from kommissorium.yearwheel.models import Duty

Browser = Callable[[str], Client]


def test_a_committee_that_has_met_is_proposed_what_it_always_was(cast: Cast) -> None:
    meeting = plan(cast)
    with time_is(meeting.starts_at + timedelta(days=1)):
        assert propose_spread(cast.committee) == propose_duties(cast.committee)


def test_nothing_is_due_before_the_first_meeting_and_a_fortnight_has_one_yearly_task(
    cast: Cast,
) -> None:
    first = timezone.localdate(plan(cast).starts_at)
    found = [one for one in propose_spread(cast.committee) if one.due]
    assert min(one.due for one in found if one.due) >= first
    yearly = [
        one.due.toordinal() // 14
        for one in found
        if one.due and one.interval_months == 12 and not one.by_decision
    ]
    assert max(Counter(yearly).values()) == 1
    for one in found:  # what comes several times a year waits for no other
        assert one.due
        assert (one.interval_months or 0) >= 12 or (one.due - first).days < 30 * 7


def test_what_is_adopted_is_due_first_on_the_day_that_was_shown(cast: Cast) -> None:
    first = timezone.localdate(plan(cast).starts_at)
    found = [one for one in propose_spread(cast.committee) if one.due and not one.is_adopted]
    made = adopt_duties(cast.committee, found, by=cast.coordinator)
    due = {duty.default_key: duty.occurrences.get().due for duty in made}
    assert due == {one.key: one.due for one in found}
    assert min(due.values()) >= first


def minutes_a_month(
    found: list[ProposedDuty], meetings: Iterable[date]
) -> Counter[tuple[str, int]]:
    """Return the minutes asked of each seat in each month of a year."""
    asked: Counter[tuple[str, int]] = Counter()
    for one in found:
        months = [day.month for day in meetings]
        if one.due:
            step = one.interval_months or 12
            months = [(one.due.month + ahead - 1) % 12 + 1 for ahead in range(0, 12, step)]
        for month in months:
            asked[str(one.seat), month] += one.effort.minutes
    return asked


def test_no_month_asks_one_seat_for_much_more_than_four_hours_a_week(cast: Cast) -> None:
    for ahead in (30, 121, 212, 303):
        when = {"starts_at": in_days(ahead, 9), "ends_at": in_days(ahead, 11)}
        plan_meeting(cast.committee, by=cast.coordinator, place="Rådhuset", **when)
    days = [timezone.localdate(one.starts_at) for one in cast.committee.meetings.all()]
    found = propose_spread(cast.committee)
    usual = [one for one in found if one.effort.size <= Size.USUAL]
    # What a meeting decides is due that day, also where two such fall into one month.
    assert max(minutes_a_month(usual, days).values()) <= CEILING * 1.25
    assert max(minutes_a_month(found, days).values()) <= CEILING * 1.4


MANDATE = """Kommissorium for Trylleudvalget

Opgaver
Udvalget pudser krystalkuglen en gang om året.
Udvalget fodrer ugleflokken en gang om året.
Udvalget tæller tryllestavene en gang om året.
"""


def test_own_clauses_of_the_same_rhythm_share_the_year(cast: Cast) -> None:
    committee = found_committee(name="Trylleudvalget", by=cast.coordinator)
    draft = draft_mandate(committee, read_text(MANDATE), by=cast.coordinator, source_text=MANDATE)
    today = timezone.localdate()
    approve_mandate(draft, by=cast.executive, adopted_by="Direktionen", effective_from=today)
    plan_meeting(committee, by=cast.coordinator, starts_at=in_days(30, 9), ends_at=in_days(30, 10))
    found = propose_spread(committee)
    days = sorted(one.due for one in found if one.due and one.key.startswith("clause:"))
    assert len(days) == 3
    assert all((later - earlier).days > 60 for earlier, later in pairwise(days))


def test_date_and_responsible_are_changed_in_the_list(cast: Cast, client_of: Browser) -> None:
    url = reverse("duty_proposals", args=[cast.committee.pk])
    browser = client_of("coordinator")
    wished = in_days(100, 12).date()
    sent = {
        "proposal": ["budget", "ownership"],
        "budget-due": wished.isoformat(),
        "budget-responsible": f"person-{cast.executive.pk}",
        "ownership-due": "engang",
        "ownership-responsible": "",
    }
    wrong = browser.post(url, sent)
    assert wrong.status_code == 400
    assert not Duty.objects.exists()
    rows = {row.proposal.key: row for row in wrong.context["rows"]}
    assert rows["ownership"].errors["due"]
    assert rows["budget"]["due"].value() == wished.isoformat()
    assert not rows["objectives"].chosen
    seat = cast.committee.seats.get(role="adviser")
    right = {**sent, "ownership-due": "", "ownership-responsible": f"seat-{seat.pk}"}
    assert browser.post(url, right).status_code == 400
    right["ownership-due"] = (wished + timedelta(days=40)).isoformat()
    assert browser.post(url, right).status_code == 302
    budget = Duty.objects.get(default_key="budget")
    assert budget.responsible_person == cast.executive
    assert budget.responsible_seat is None
    assert budget.occurrences.get().due - wished <= timedelta(days=5)  # a working day near it
    assert Duty.objects.get(default_key="ownership").responsible_seat == seat


def test_nobody_outside_the_list_can_be_made_responsible(cast: Cast, client_of: Browser) -> None:
    url = reverse("duty_proposals", args=[cast.committee.pk])
    for foreign in (f"person-{cast.employee.pk}", "seat-99999", "x"):
        sent = {"proposal": ["incidents"], "incidents-responsible": foreign}
        assert client_of("coordinator").post(url, sent).status_code == 400, foreign
    assert not Duty.objects.exists()
