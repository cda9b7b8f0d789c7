"""The decision closes the duty when the minutes are approved: the right one, and nothing else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.committees.actions.committee import found_committee
from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.secretariat.actions.cycle import call
from kommissorium.secretariat.actions.effects import effects_of
from kommissorium.secretariat.tests.test_cycle import approved, hold
from kommissorium.yearwheel.actions import CadenceValues, DutyValues, add_duty, ask_for_decision
from kommissorium.yearwheel.meeting_news import news_of
from kommissorium.yearwheel.models import Duty
from kommissorium.yearwheel.wheel_entries import state_of


def add(cast: Cast, *, feeds: str = "agenda_ongoing", rhythm: str = "interval") -> Duty:
    first = timezone.localdate() + timedelta(days=20)
    months = 3 if rhythm == "interval" else None
    return add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(title=f"Status, {feeds}", feeds=feeds, by_decision=True),
        cadence=CadenceValues(rhythm, months, first if months else None),
    )


def held(cast: Cast, meeting: Meeting, outcomes: dict[int, str]) -> None:
    call(meeting, by=cast.coordinator)
    hold(cast, meeting, outcomes)


def test_the_item_it_feeds_closes_it_and_the_decision_is_the_evidence(
    cast: Cast, meeting: Meeting
) -> None:
    row = add(cast).occurrences.get()
    other = add(cast, feeds="agenda_incidents").occurrences.get()
    held(cast, meeting, {2: "approved", 3: "noted"})
    row.refresh_from_db()
    day_after = row.due + timedelta(days=1)
    # Between the meeting and its minutes nobody is late with it.
    assert (row.state, state_of(row, row.duty, day_after)) == ("open", "minutes")
    assert not news_of(meeting, day_after, day_after).overdue
    approved(cast, meeting)
    row.refresh_from_db()
    decision = meeting.decisions.get(item__number=2)
    assert (row.state, row.result, row.ended_by) == ("done", "done", cast.chair)
    assert row.ended_at == decision.decided_at  # the meeting did it, the minutes only say so
    (shown,) = row.evidence.all()
    assert (shown.object_kind, shown.object_id) == ("meetings.decision", str(decision.pk))
    assert shown.address == decision.get_absolute_url()
    assert row.get_absolute_url() in [one.link for one in effects_of(decision)]
    following = row.duty.occurrences.open().get()
    assert following.nominal > row.nominal
    # What was only taken note of was not approved.
    other.refresh_from_db()
    assert (other.state, state_of(other, other.duty, day_after)) == ("open", "overdue")


@pytest.mark.parametrize("outcome", ["deferred", "rejected", "noted", "withdrawn", "nothing"])
def test_what_was_not_approved_leaves_it_open(cast: Cast, meeting: Meeting, outcome: str) -> None:
    row = add(cast, feeds="agenda_policies").occurrences.get()
    call(meeting, by=cast.coordinator)
    if outcome == "withdrawn":
        hold(cast, meeting, {6: "approved"})
        meeting.items.filter(number=6).update(withdrawn_because="Trukket")
    else:
        hold(cast, meeting, {} if outcome == "nothing" else {6: outcome})
    approved(cast, meeting)
    row.refresh_from_db()
    assert row.state == "open"
    assert not row.evidence.exists()


def test_a_decision_about_something_else_under_the_clause_closes_nothing(
    cast: Cast, meeting: Meeting
) -> None:
    row = add(cast, feeds="agenda_policies").occurrences.get()
    item = meeting.items.get(clause__measure="agenda_policies")
    AgendaItem.objects.filter(pk=item.pk).update(subject_kind="risks.risk", subject_id="7")
    held(cast, meeting, {6: "approved"})
    approved(cast, meeting)
    row.refresh_from_db()
    assert row.state == "open"


def test_an_item_of_its_own_decides_instead_of_the_one_it_feeds(
    cast: Cast, meeting: Meeting
) -> None:
    row, same = add(cast).occurrences.get(), add(cast).occurrences.get()
    item = ask_for_decision(row, by=cast.coordinator)
    call(meeting, by=cast.coordinator)
    item.refresh_from_db()
    hold(cast, meeting, {2: "approved", item.number or 0: "deferred"})
    approved(cast, meeting)
    row.refresh_from_db()
    same.refresh_from_db()
    assert (row.state, same.state) == ("open", "done")


def test_one_decision_closes_one_time_and_what_was_put_off_is_closed_by_the_next(
    cast: Cast, meeting: Meeting
) -> None:
    later = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(120, 13),
        ends_at=in_days(120, 15),
        place="Rådhuset",
    )
    quarterly, each = add(cast), add(cast, feeds="agenda_incidents", rhythm="meeting")
    held(cast, meeting, {2: "deferred"})
    approved(cast, meeting)
    first = quarterly.occurrences.get()
    assert first.meeting == meeting
    held(cast, later, {2: "approved", 3: "approved"})
    with time_is(later.starts_at + timedelta(days=1)):
        assert state_of(first, quarterly, timezone.localdate()) == "overdue"
    approved(cast, later)
    states = dict(quarterly.occurrences.values_list("meeting", "state"))
    # The later meeting's own time fell due with it: it is skipped, and says why.
    assert states == {meeting.pk: "done", later.pk: "skipped", None: "open"}
    states = dict(each.occurrences.values_list("meeting", "state"))
    assert states == {meeting.pk: "open", later.pk: "done"}


def test_the_decision_of_one_committee_closes_nothing_of_another(
    cast: Cast, meeting: Meeting
) -> None:
    row, other = add(cast).occurrences.get(), found_committee(name="Et andet", by=cast.coordinator)
    Duty.objects.filter(pk=row.duty_id).update(committee=other)
    held(cast, meeting, {2: "approved"})
    approved(cast, meeting)
    row.refresh_from_db()
    assert row.state == "open"


def test_nothing_new_closes_what_is_gone_through_at_each_meeting_alone(
    cast: Cast, meeting: Meeting
) -> None:
    each = add(cast, feeds="agenda_incidents", rhythm="meeting").occurrences.get()
    told, shown = (
        add_duty(
            cast.committee,
            by=cast.coordinator,
            values=DutyValues(title="Fortæl", feeds="agenda_incidents", evidence_wanted=wanted),
            cadence=CadenceValues("meeting"),
        ).occurrences.get()
        for wanted in ("", "Listen")
    )
    yearly = add(cast, feeds="agenda_incidents").occurrences.get()
    policies = add(cast, feeds="agenda_policies", rhythm="meeting").occurrences.get()
    call(meeting, by=cast.coordinator)
    item = meeting.items.get(clause__measure="agenda_incidents")
    with time_is(meeting.starts_at + timedelta(minutes=30)):
        save_field(item, "nothing_new", True, by=cast.coordinator, version=0)
    hold(cast, meeting, {})
    each.refresh_from_db()
    assert each.state == "open", "until the minutes are approved"
    approved(cast, meeting)
    for row in (each, told, shown, yearly, policies):
        row.refresh_from_db()
    assert (told.state, shown.state) == ("done", "open"), "what asks for evidence gets none"
    assert (each.state, each.conclusion) == ("done", "Intet nyt")
    (proof,) = each.evidence.all()
    assert (proof.object_kind, proof.object_id) == ("meetings.agendaitem", str(item.pk))
    assert (yearly.state, policies.state) == ("open", "open"), "nothing new decides nothing"


def test_decided_at_an_earlier_meeting_it_is_done_and_recurs_from_that_day(
    cast: Cast, meeting: Meeting
) -> None:
    duty = add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(title="Gennemgå rammen", feeds="agenda_policies", by_decision=True),
        cadence=CadenceValues("interval", 12, timezone.localdate() + timedelta(days=200)),
    )
    row = duty.occurrences.get()
    assert row.meeting is None
    item = ask_for_decision(row, by=cast.coordinator, meeting=meeting)
    call(meeting, by=cast.coordinator)
    item.refresh_from_db()
    hold(cast, meeting, {item.number or 0: "approved"})
    approved(cast, meeting)
    row.refresh_from_db()
    following = duty.occurrences.open().get()
    assert row.state == "done"
    assert 360 <= (following.nominal - timezone.localdate(meeting.starts_at)).days <= 370


def test_the_standing_item_finishes_nothing_before_its_lead_time(
    cast: Cast, meeting: Meeting
) -> None:
    """Approving "policies" in spring does not revise the policy of next winter."""
    duty = add_duty(
        cast.committee,
        by=cast.coordinator,
        values=DutyValues(title="Revider", feeds="agenda_policies", by_decision=True),
        cadence=CadenceValues("interval", 12, timezone.localdate() + timedelta(days=200)),
    )
    held(cast, meeting, {6: "approved"})
    approved(cast, meeting)
    assert duty.occurrences.get().state == "open"
