"""A meeting with an open and a closed item, brought as far as a test wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kommissorium.conftest import Cast, time_is
from kommissorium.meetings.actions.agenda import add_item, attach
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.actions.minutes import approve_minutes, confirm_minutes, send_to_review
from kommissorium.meetings.actions.open_and_close import end_meeting
from kommissorium.meetings.actions.proceedings import save_field
from kommissorium.meetings.models import (
    AgendaItem,
    Approval,
    Attendance,
    Confirmation,
    Meeting,
    Minutes,
    Outcome,
)

# What only those whom the committee names may ever read.
CANARIES = ("Kanarietitel", "Kanariesag", "Kanariedrøftelse", "Kanariebeslutning", "kanarie.txt")
OPEN_WORD = "Nødplanen vedtages"
PRESENT = ("chair", "coordinator", "dpo", "member")


def called(cast: Cast, meeting: Meeting) -> Meeting:
    """Add a closed item and call the meeting."""
    item = add_item(
        meeting,
        by=cast.coordinator,
        title=CANARIES[0],
        type="decision",
        presentation=f"<p>{CANARIES[1]}</p>",
        is_closed=True,
        closed_ground="Sikkerhed",
    )
    attach(item, by=cast.coordinator, name=CANARIES[4], data=b"hemmeligt\n")
    attach(meeting.items.all()[0], by=cast.coordinator, name="aaben.txt", data=b"kendt\n")
    call_meeting(meeting, by=cast.coordinator)
    meeting.refresh_from_db()
    return meeting


def held(cast: Cast, meeting: Meeting, present: Sequence[str] = PRESENT) -> Meeting:
    """Hold the meeting: the first item is decided on in the open, the closed one closed."""
    called(cast, meeting)
    end(cast, meeting, present)
    return meeting


def end(cast: Cast, meeting: Meeting, present: Sequence[str] = PRESENT) -> None:
    """Hold a called meeting at its time; every item for decision is approved."""
    people = [cast.who(name) for name in present]
    with time_is(meeting.starts_at + timedelta(minutes=90)):
        meeting.attendances.filter(person__in=people).update(presence=Attendance.Presence.PRESENT)
        for item in meeting.items.select_related("clause", "meeting__committee"):
            if item.type == AgendaItem.Type.DECISION:
                decide(cast, item)
        end_meeting(meeting, by=cast.coordinator)
    meeting.refresh_from_db()


def decide(cast: Cast, item: AgendaItem, outcome: str = Outcome.APPROVED) -> None:
    text, said = (CANARIES[3], CANARIES[2]) if item.is_closed else (OPEN_WORD, "Det blev drøftet")
    save_field(item, "outcome", outcome, by=cast.coordinator, version=0)
    save_field(item, "decision", f"<p>{text}</p>", by=cast.coordinator, version=0)
    save_field(item, "discussion", f"<p>{said}</p>", by=cast.coordinator, version=0)


def in_review(cast: Cast, meeting: Meeting, present: Sequence[str] = PRESENT) -> Minutes:
    held(cast, meeting, present)
    return send_to_review(meeting, by=cast.coordinator)


def approved(cast: Cast, meeting: Meeting) -> Approval:
    return approve_minutes(in_review(cast, meeting), by=cast.chair)


def confirmed(cast: Cast, minutes: Minutes, later: Meeting, changes: str = "") -> Confirmation:
    """Confirm approved minutes at a later meeting, with changes where a text is given."""
    call_meeting(later, by=cast.coordinator)
    later.refresh_from_db()
    item = later.items.get(number=1)
    with time_is(later.starts_at + timedelta(minutes=60)):
        outcome = Outcome.WITH_CHANGES if changes else Outcome.APPROVED
        save_field(item, "outcome", outcome, by=cast.coordinator, version=0)
        save_field(item, "decision", changes, by=cast.coordinator, version=0)
        item.refresh_from_db()
        confirmation = confirm_minutes(minutes, item, by=cast.coordinator)
    minutes.meeting.refresh_from_db()
    return confirmation


def shows_canary(data: bytes | str) -> bool:
    """Return whether anything of the closed item stands in the text or the bytes."""
    if isinstance(data, str):
        data = data.encode()
    return any(word.encode() in data for word in CANARIES)
