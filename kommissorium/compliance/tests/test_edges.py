"""Cases where a plain count would be unjust or wrong: first years, late notes, new mandates."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from kommissorium.accounts.actions import end_role, give_role
from kommissorium.committees.actions.seats import end_seat, rename_seat
from kommissorium.committees.reader import builtin
from kommissorium.compliance.tests.story import (
    WEIGHING,
    adopt,
    found,
    held_meeting,
    number_of,
)
from kommissorium.conftest import LATE, in_days, time_is
from kommissorium.measures.findings import State
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.actions.minutes import approve_minutes, send_to_review
from kommissorium.meetings.actions.open_and_close import end_meeting
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import AgendaItem

pytestmark = pytest.mark.usefixtures("no_paper")


def test_a_meeting_counts_from_the_day_it_was_noted_as_held(cast):
    steering = number_of(cast, "steering")
    meeting = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(20, 13),
        ends_at=in_days(20, 15),
        place="Rådhuset",
    )
    day = timezone.localdate(meeting.starts_at)
    with time_is(meeting.starts_at - timedelta(days=12)):
        call_meeting(meeting, by=cast.coordinator)
    with time_is(meeting.starts_at + timedelta(days=3)):
        there = meeting.attendances.filter(person__in=[cast.chair, cast.member])
        there.update(presence="present")
        for item in meeting.items.filter(type=AgendaItem.Type.DECISION):
            save_field(item, "outcome", "approved", by=cast.coordinator, version=0)
        end_meeting(meeting, by=cast.coordinator)
    with time_is(meeting.starts_at + timedelta(days=5)):
        approve_minutes(send_to_review(meeting, by=cast.coordinator), by=cast.chair)
    for days in (0, 3):
        assert "ikke holdt et møde" in found(cast, steering, day + timedelta(days=days)).sentence
    assert "1 møde" in found(cast, steering, day + timedelta(days=5)).sentence


def test_an_agenda_called_before_the_mandate_asked_for_the_item_is_no_fault(cast):
    held_meeting(cast, 20)
    day = in_days(40, 9)
    with time_is(day):
        text = builtin("da").replace("Eventuelt", "Kunstig intelligens\n- Eventuelt")
        adopt(cast, text, timezone.localdate())
        mandate = cast.committee.mandate_on(timezone.localdate())
        own = mandate.clauses.get(kind="agenda", measure="", text__startswith="Kunstig")
        assert found(cast, own.number).state == State.NOT_YET_DUE
        kept = mandate.clauses.get(measure="agenda_any_other_business")
        assert found(cast, kept.number).state == State.FULFILLED
    held_meeting(cast, 80)
    assert found(cast, own.number, timezone.localdate(in_days(83, 9))).state == State.FULFILLED


def test_a_mandate_that_asks_for_more_meetings_is_given_the_time_to_hold_them(cast):
    number = number_of(cast, "meetings_per_year")
    for index in range(4):
        held_meeting(cast, 20 + 70 * index)
    with time_is(in_days(250, 9)):
        adopt(cast, builtin("da").replace("fire møder", "seks møder"), timezone.localdate())
        assert (
            cast.committee.mandate_on(timezone.localdate()).clauses.get(number=number).min_per_year
            == 6
        )
        assert found(cast, number).state in (State.FULFILLED, State.DUE_SOON)
    assert found(cast, number, timezone.localdate(in_days(500, 9))).state == State.NOT_FULFILLED


def test_a_committee_in_its_first_months_is_told_when_the_first_meeting_is_due(cast):
    number = number_of(cast, "meetings_per_year")
    early = found(cast, number, cast.since + timedelta(days=10))
    assert early.state == State.DUE_SOON
    assert found(cast, number, cast.since + timedelta(days=95)).state == State.NOT_FULFILLED


def test_when_the_executive_leaves_the_quarters_begin(cast):
    support = number_of(cast, "management_support")
    role = give_role(cast.chair, "executive", by=None, from_date=cast.since, because=LATE)
    today = timezone.localdate()
    # In a year without meetings nobody has seen the board: its seat alone is amber.
    assert found(cast, support).state == State.DUE_SOON
    assert {one.event for one in found(cast, support).evidence} != {None}
    end_role(role, by=cast.administrator, to_date=today)
    assert found(cast, support).state == State.DUE_SOON
    assert found(cast, support, today + timedelta(days=10)).state == State.DUE_SOON
    assert found(cast, support, today + timedelta(days=95)).state == State.NOT_FULFILLED


def test_seats_are_known_by_role_and_function_whatever_their_number(cast):
    clause = cast.mandate.clauses.get(number="M5")
    assert found(cast, "M5").state == State.NOT_FULFILLED
    seat = cast.committee.seats.filter(role="member").first()
    with time_is(in_days(1, 9)):
        rename_seat(seat, by=cast.coordinator, function=clause.function.upper())
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert found(cast, "M5", tomorrow).state == State.FULFILLED
    assert found(cast, "M5").state == State.NOT_FULFILLED, "the new name came later"


def test_an_open_row_of_the_mandate_promises_nobody_until_somebody_is_named(cast):
    assert {found(cast, number).state for number in ("M6", "M7")} == {State.FULFILLED}
    for seat in cast.committee.seats.filter(role="member"):
        yesterday = timezone.localdate() - timedelta(days=1)
        end_seat(seat, by=cast.coordinator, to_date=yesterday, because=LATE)
    assert {found(cast, number).state for number in ("M6", "M7")} == {State.OPEN_ROW}


def test_a_decision_taken_after_the_call_is_told_at_the_meeting_after(cast):
    mandate = number_of(cast, "chair_mandate")
    meeting = plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(20, 13),
        ends_at=in_days(20, 15),
        place="Rådhuset",
    )
    with time_is(in_days(8, 9)):
        call_meeting(meeting, by=cast.coordinator)
    with time_is(in_days(9, 9)):
        decide_as_chair(
            cast.committee,
            by=cast.chair,
            title="Ny procedure",
            text="<p>Gælder nu</p>",
            why_now="Haster",
            is_impartial=True,
            weighing=WEIGHING,
        )
    with time_is(meeting.starts_at + timedelta(hours=1)):
        meeting.attendances.filter(person=cast.chair).update(presence="present")
        for item in meeting.items.filter(type=AgendaItem.Type.DECISION):
            save_field(item, "outcome", "approved", by=cast.coordinator, version=0)
        end_meeting(meeting, by=cast.coordinator)
    day = timezone.localdate(meeting.starts_at)
    assert found(cast, mandate, day).state == State.FULFILLED
