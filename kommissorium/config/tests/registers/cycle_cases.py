"""Proposals on their way through a committee: put on the agenda, decided at a meeting, minuted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Model

from kommissorium.conftest import Cast, in_days, time_is
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.minutes import send_to_review
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting, Outcome
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.secretariat.actions.agendas import put_before
from kommissorium.secretariat.actions.cycle import approve, call, end

CHANGED = "Godkendt, dog først fra april"


def later_meeting(cast: Cast, days: int = 120) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(days, 13),
        ends_at=in_days(days, 15),
        place="Rådhuset",
    )


def put(cast: Cast, proposal: Any, meeting: Meeting, **more: Any) -> AgendaItem:
    """Put something on the agenda with the texts it comes with."""
    texts = proposal_kind_of(proposal).text(proposal)
    return put_before(
        proposal,
        meeting,
        by=cast.coordinator,
        recommendation=texts.recommendation,
        presentation=texts.presentation,
        **more,
    )


def decide_at(cast: Cast, meeting: Meeting, outcomes: dict[str, str]) -> None:
    """Hold a called meeting, with outcomes by kind of subject, and close it."""
    with time_is(meeting.starts_at + timedelta(minutes=90)):
        meeting.attendances.filter(person=cast.chair).update(presence=Attendance.Presence.PRESENT)
        for item in meeting.items.select_related("clause", "meeting__committee"):
            if outcome := outcomes.get(item.subject_kind):
                save_field(item, "outcome", outcome, by=cast.coordinator, version=0)
                if outcome == Outcome.WITH_CHANGES:
                    save_field(item, "decision", CHANGED, by=cast.coordinator, version=0)
            elif item.type == AgendaItem.Type.DECISION:
                save_field(item, "not_discussed", True, by=cast.coordinator, version=0)
        end(meeting, by=cast.coordinator)
    meeting.refresh_from_db()


def approve_minutes_of(cast: Cast, meeting: Meeting) -> None:
    with time_is(meeting.starts_at + timedelta(days=1)):
        approve(send_to_review(meeting, by=cast.coordinator), by=cast.chair)


def through_a_meeting(cast: Cast, meeting: Meeting, outcomes: dict[str, str]) -> None:
    """Call, hold and minute a meeting."""
    call(meeting, by=cast.coordinator)
    decide_at(cast, meeting, outcomes)
    approve_minutes_of(cast, meeting)


def fresh[M: Model](row: M) -> M:
    row.refresh_from_db()
    return row
