"""The finding of each check on a date, from real events in the committee."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.actions import give_role
from kommissorium.committees.actions.seats import leave_seat
from kommissorium.compliance.fulfilment import fulfilment_on, month_ends, timeline
from kommissorium.compliance.history_queries import history_of
from kommissorium.compliance.tests.story import (
    WEIGHING,
    approved_on,
    found,
    held_meeting,
    number_of,
)
from kommissorium.conftest import LATE, MOST_OF_PARTS, in_days, queries_of, time_is
from kommissorium.measures.findings import State
from kommissorium.meetings.actions.calendar import cancel_meeting, plan_meeting
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.call_withdrawal import withdraw_call
from kommissorium.meetings.actions.decisions import decide_as_chair, note_weighing

pytestmark = pytest.mark.usefixtures("no_paper")

AGENDA = (
    *("agenda_minutes", "agenda_ongoing", "agenda_incidents", "agenda_year_wheel"),
    *("agenda_coming_tasks", "agenda_policies", "agenda_any_other_business"),
)


def plan(cast, days, place="Rådhuset"):
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(days, 13),
        ends_at=in_days(days, 15),
        place=place,
    )


def test_a_clause_is_fulfilled_only_after_the_mandate_took_effect(cast):
    fulfilment = fulfilment_on(history_of(cast.committee), cast.since - timedelta(days=1))
    assert fulfilment.mandate is None
    assert list(fulfilment.findings) == []


def test_the_calendar_is_judged_as_it_was_known_on_the_day(cast):
    horizon = number_of(cast, "calendar_horizon")
    today = timezone.localdate()
    assert found(cast, horizon).state == State.NOT_FULFILLED
    _near, far = plan(cast, 90), plan(cast, 230)
    assert found(cast, horizon).state == State.FULFILLED
    assert found(cast, horizon, today - timedelta(days=1)).state == State.NOT_FULFILLED
    with time_is(timezone.localtime() + timedelta(days=1)):
        cancel_meeting(far, by=cast.coordinator, because="Flyttes")
        assert found(cast, horizon, today).state == State.FULFILLED
        assert found(cast, horizon, today + timedelta(days=1)).state == State.NOT_FULFILLED


def test_a_call_withdrawn_leaves_the_calendar_as_it_was(cast):
    near, _far = plan(cast, 90), plan(cast, 230)
    call_meeting(near, by=cast.coordinator)
    before = found(cast, number_of(cast, "calendar_horizon"))
    withdraw_call(near, by=cast.coordinator, because="Det forkerte udkast")
    after = found(cast, number_of(cast, "calendar_horizon"))
    assert (after.state, after.sentence) == (before.state, before.sentence)
    assert after.state == State.FULFILLED


def test_a_calendar_that_just_reaches_is_due_soon(cast):
    plan(cast, 90)
    plan(cast, 190)
    assert found(cast, number_of(cast, "calendar_horizon")).state == State.DUE_SOON


def test_one_meeting_far_ahead_is_no_calendar(cast):
    plan(cast, 300)
    finding = found(cast, number_of(cast, "calendar_horizon"))
    assert finding.state == State.NOT_FULFILLED
    assert finding.evidence


def test_a_meeting_without_a_place_does_not_count(cast):
    plan(cast, 90)
    plan(cast, 230, place="")
    assert found(cast, number_of(cast, "calendar_horizon")).state == State.NOT_FULFILLED


def test_meetings_are_counted_in_the_year_before_the_date(cast):
    number = number_of(cast, "meetings_per_year")
    assert found(cast, number).state == State.NOT_FULFILLED
    meetings = [held_meeting(cast, 20 + 70 * index) for index in range(4)]
    last, minuted = timezone.localdate(meetings[-1].starts_at), approved_on(meetings[-1])
    assert found(cast, number, last - timedelta(days=1)).state == State.NOT_FULFILLED
    waits = found(cast, number, last)
    assert waits.state == State.DUE_SOON
    assert meetings[-1].label in waits.sentence
    assert found(cast, number, minuted).state == State.FULFILLED
    assert len(found(cast, number, minuted).evidence) == 4
    first = timezone.localdate(meetings[0].starts_at)
    assert found(cast, number, first + timedelta(days=350)).state == State.DUE_SOON
    assert found(cast, number, first + timedelta(days=366)).state == State.NOT_FULFILLED


def test_the_reports_asked_for_depend_on_who_sat_in_the_committee(cast):
    meeting = held_meeting(cast, 20)
    on = approved_on(meeting)
    support, reports = (
        number_of(cast, measure) for measure in ("management_support", "executive_reporting")
    )
    assert found(cast, support, on).state == State.NOT_FULFILLED
    assert found(cast, reports, on).state == State.NOT_FULFILLED
    with time_is(meeting.starts_at + timedelta(days=2)):
        give_role(cast.chair, "executive", by=None, from_date=on)
    assert found(cast, support, on).state == State.FULFILLED
    assert found(cast, reports, on).state == State.NOT_FULFILLED, "nothing was enclosed"
    assert found(cast, support, on - timedelta(days=1)).state == State.NOT_FULFILLED


def test_a_report_that_is_approved_with_a_file_is_not_received(cast):
    with time_is(in_days(0, 9)):
        give_role(cast.chair, "executive", by=None, from_date=timezone.localdate())
    number = number_of(cast, "executive_reporting")
    meeting = held_meeting(cast, 20, enclosed="executive_reporting")
    finding = found(cast, number, approved_on(meeting))
    assert finding.state == State.NOT_FULFILLED
    assert not any(one.reference for one in finding.evidence), "nothing counts for it"


def test_decisions_must_be_weighed(cast):
    weighed = number_of(cast, "weighed_decisions")
    first = held_meeting(cast, 20)
    on = approved_on(first)
    assert found(cast, weighed, on).state == State.FULFILLED
    before = found(cast, weighed, on - timedelta(days=1))
    assert before.state == State.NO_OCCASION
    assert first.label in before.sentence, "its minutes are not approved yet"
    second = held_meeting(cast, 90, weighed=False)
    later = approved_on(second)
    finding = found(cast, weighed, later)
    assert finding.state == State.NOT_FULFILLED
    assert finding.evidence
    assert all(second.label in one.label for one in finding.evidence)


def test_a_weighing_noted_afterwards_counts_from_then_and_is_named(cast):
    weighed = number_of(cast, "weighed_decisions")
    meeting = held_meeting(cast, 30, weighed=False)
    on = approved_on(meeting)
    assert found(cast, weighed, on).state == State.NOT_FULFILLED
    decisions = meeting.decisions.select_related("committee", "item__clause")
    later = [one for one in decisions if one.unweighed_aspects()]
    with time_is(meeting.ends_at + timedelta(days=20)):
        for one in later:
            note_weighing(one, by=cast.coordinator, weighing=WEIGHING)
    assert found(cast, weighed, on).state == State.NOT_FULFILLED  # as it was known then
    finding = found(cast, weighed, on + timedelta(days=30))
    assert finding.state == State.FULFILLED
    assert all(one.number in finding.sentence for one in later)


def test_a_weighing_noted_a_season_later_is_no_weighing_and_one_that_costs_is_counted(cast):
    weighed = number_of(cast, "weighed_decisions")
    costs = WEIGHING | {"economy": "costs", "economy_text": "Købes af rammen."}
    for first, days, state in [(30, 28, State.FULFILLED), (100, 40, State.NOT_FULFILLED)]:
        meeting = held_meeting(cast, first, weighed=False)
        decisions = meeting.decisions.select_related("committee", "item__clause")
        later = [one for one in decisions if one.unweighed_aspects()]
        with time_is(meeting.ends_at + timedelta(days=days)):
            for one in later:
                note_weighing(one, by=cast.coordinator, weighing=costs)
        finding = found(cast, weighed, approved_on(meeting) + timedelta(days=days + 5))
        assert finding.state == state
        told = finding.sentence
        assert first > 30 or f"{len(later)} af dem har ulemper; alle er begrundet" in told


def test_the_chairs_decision_is_weighed_afterwards_too(cast):
    decision = decide_as_chair(
        cast.committee,
        by=cast.chair,
        title="Ny procedure",
        text="<p>Gælder nu</p>",
        why_now="Haster",
        is_impartial=True,
        weighing={},
    )
    weighed = number_of(cast, "weighed_decisions")
    assert found(cast, weighed).state == State.NOT_FULFILLED
    note_weighing(decision, by=cast.coordinator, weighing=WEIGHING)
    assert found(cast, weighed).state == State.FULFILLED


def test_the_chairs_decision_must_be_told_to_the_next_meeting(cast):
    mandate = number_of(cast, "chair_mandate")
    decide_as_chair(
        cast.committee,
        by=cast.chair,
        title="Ny procedure",
        text="<p>Gælder nu</p>",
        why_now="Haster",
        is_impartial=True,
        weighing=WEIGHING,
    )
    meeting = held_meeting(cast, 20)
    on = timezone.localdate(meeting.starts_at)
    assert found(cast, mandate, on).state == State.FULFILLED
    item = meeting.items.get(subject_kind="meetings.decision")
    assert item.number


def test_a_vacant_seat_is_found_from_the_day_it_was_left(cast):
    seat = cast.committee.seats.get(role="adviser")
    clause = cast.mandate.clauses.get(kind="member", role="adviser")
    type(seat).objects.filter(pk=seat.pk).update(number=clause.number)
    assert found(cast, clause.number).state == State.FULFILLED
    yesterday = timezone.localdate() - timedelta(days=1)
    leave_seat(seat.holdings.get(), by=cast.coordinator, to_date=yesterday, because=LATE)
    assert found(cast, clause.number).state == State.NOT_FULFILLED
    assert found(cast, clause.number, yesterday).state == State.FULFILLED


@pytest.mark.parametrize("measure", AGENDA)
def test_an_item_is_treated_where_something_came_of_it_or_there_was_nothing_new(cast, measure):
    number = number_of(cast, measure)
    assert found(cast, number).state == State.NOT_FULFILLED, "a year without a meeting"
    first, second = held_meeting(cast, 20), held_meeting(cast, 90)
    assert found(cast, number, approved_on(first)).state == State.FULFILLED
    assert found(cast, number, approved_on(second)).state == State.FULFILLED


@pytest.mark.parametrize("measure", AGENDA)
def test_one_miss_is_amber_and_two_are_red(cast, measure):
    number = number_of(cast, measure)
    held_meeting(cast, 20)
    second = held_meeting(cast, 90, untreated=measure)
    missed = found(cast, number, approved_on(second))
    assert missed.state == State.DUE_SOON
    assert second.label in missed.sentence
    third = held_meeting(cast, 160, untreated=measure)
    assert found(cast, number, approved_on(third)).state == State.NOT_FULFILLED


def test_the_timeline_says_what_the_single_days_say(cast):
    meeting = held_meeting(cast, 20)
    history = history_of(cast.committee)
    months = month_ends(timezone.localdate(meeting.starts_at), 36)
    lines = timeline(history, history.clauses_on(months[-1]), months)
    assert len(months) == 36
    for line in lines:
        for month, state in zip(months, line.states, strict=True):
            told = {one.clause.number: one.state for one in fulfilment_on(history, month).findings}
            assert told.get(line.clause.number) == state


def test_three_years_cost_as_many_queries_as_one_day(cast, django_assert_max_num_queries):
    asked = []
    for days in ((20,), (90, 160, 230)):
        for one in days:
            held_meeting(cast, one)
        history_of(cast.committee)
        asked.append(queries_of(lambda: history_of(cast.committee)))
    assert asked[0] == asked[1] <= MOST_OF_PARTS
    history = history_of(cast.committee)
    with django_assert_max_num_queries(0):
        timeline(
            history, history.clauses_on(timezone.localdate()), month_ends(timezone.localdate(), 36)
        )
