"""Events in the committee, told in a line each, and the finding of a clause then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.actions.mandates import approve_mandate, draft_mandate
from kommissorium.committees.reader import read_text
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.conftest import LATE, Cast, in_days, time_is
from kommissorium.measures.codes import Measure
from kommissorium.meetings.actions.agenda import attach
from kommissorium.meetings.actions.automatic_items import fill_agenda
from kommissorium.meetings.actions.calendar import plan_meeting
from kommissorium.meetings.actions.call import call_meeting, withdraw_item
from kommissorium.meetings.actions.minutes import approve_minutes, confirm_minutes, send_to_review
from kommissorium.meetings.actions.open_and_close import end_meeting
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting
from kommissorium.meetings.models.decisions import DECISION

WEIGHING = {
    "security": "stronger",
    "usability": "unchanged",
    "economy": "neutral",
    "proportion": "fitting",
}


def found(cast: Cast, number: str, on: date | None = None):
    """Return the finding of the clause with the number."""
    fulfilment = fulfilment_on(history_of(cast.committee), on or timezone.localdate())
    return next(one.finding for one in fulfilment.findings if one.clause.number == number)


def number_of(cast: Cast, measure: str) -> str:
    return cast.mandate.clauses.filter(measure=measure).first().number


def call(meeting: Meeting, *, by: Person, late_because: str = "") -> None:
    """Fill the agenda with what carries over and call the meeting."""
    fill_agenda(meeting, by=by)
    call_meeting(meeting, by=by, late_because=late_because)


def held_meeting(
    cast: Cast, days: int, *, weighed: bool = True, untreated: str = "", enclosed: str = ""
) -> Meeting:
    """Plan a meeting this many days ahead, hold it at its time and approve its minutes."""
    meeting = planned_meeting(cast, days)
    return hold(meeting, cast, weighed=weighed, untreated=untreated, enclosed=enclosed)


def planned_meeting(cast: Cast, days: int) -> Meeting:
    return plan_meeting(
        cast.committee,
        by=cast.coordinator,
        starts_at=in_days(days, 13),
        ends_at=in_days(days, 15),
        place="Rådhuset",
    )


def hold(
    meeting: Meeting,
    cast: Cast,
    *,
    weighed: bool = True,
    untreated: str = "",
    enclosed: str = "",
    there: Sequence[Person] = (),
    told: str = "approved",
    postponed: str = "",
) -> Meeting:
    """Hold a planned meeting at its time and approve its minutes.

    The item of the measure `untreated` is withdrawn, those of `enclosed` have a file. Without
    others named `there` three members are. `told` is the outcome of items that tell of the
    chair's decisions, "" for none. The item of the measure `postponed` is put off.
    """
    there = there or (cast.chair, cast.member, cast.head_of_it)
    with time_is(meeting.starts_at - timedelta(days=12)):
        for item in meeting.items.filter(clause__measure=enclosed) if enclosed else ():
            attach(item, by=cast.coordinator, name="Rapport.txt", data=b"Til direktionen")
        call(meeting, by=cast.coordinator)
        for item in meeting.items.filter(clause__measure=untreated) if untreated else ():
            withdraw_item(item, by=cast.coordinator, because="Ikke klar")
    with time_is(meeting.starts_at + timedelta(hours=1)):
        came = meeting.attendances.filter(person__in=there)
        came.update(presence=Attendance.Presence.PRESENT)
        for item in meeting.items.standing().select_related("clause", "meeting__committee"):
            if postponed and item.measure == postponed:
                save_field(item, "outcome", "deferred", by=cast.coordinator, version=0)
            elif item.subject_kind != DECISION:
                decide(item, cast.coordinator, weighed=weighed)
            elif told:
                save_field(item, "outcome", told, by=cast.coordinator, version=0)
        end_meeting(meeting, by=cast.coordinator)
    with time_is(meeting.starts_at + timedelta(days=2)):
        approve_minutes(send_to_review(meeting, by=cast.coordinator), by=cast.chair)
        for item in meeting.items.standing().select_related("meeting__committee"):
            for minutes in item.presents_minutes.select_related("meeting__committee"):
                confirm_minutes(minutes, item, by=cast.coordinator)
    meeting.refresh_from_db()
    return meeting


def decide(item: AgendaItem, by: Person, *, weighed: bool = True) -> None:
    """Approve an item for decision; for any other, note that there is nothing new."""
    asks = item.type == AgendaItem.Type.DECISION or item.subject_kind
    if not asks or not item.takes_decisions or item.measure == Measure.AGENDA_COMING_TASKS:
        save_field(item, "nothing_new", True, by=by, version=0)
        return
    save_field(item, "outcome", "approved", by=by, version=0)
    for aspect, choice in WEIGHING.items() if weighed else ():
        save_field(item, aspect, choice, by=by, version=0)


def approved_on(meeting: Meeting) -> date:
    """Return the day on which the minutes were approved: the decisions are known from then."""
    return timezone.localdate(meeting.minutes.approval.at)


def adopt(cast: Cast, text: str, day: date) -> None:
    """Put another version of the mandate in force from the day."""
    draft = draft_mandate(cast.committee, read_text(text), by=cast.coordinator, source_text=text)
    approve_mandate(draft, by=cast.chair, adopted_by="Byrådet", effective_from=day, because=LATE)
