"""Preview of a call: who is called and how, and which items are added automatically."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Seat
from kommissorium.meetings.actions.automatic_items import minutes_to_present, unfinished
from kommissorium.meetings.actions.call import obstacle_to_call
from kommissorium.meetings.models import AgendaItem, Attendance, Decision, Meeting, Minutes
from kommissorium.secretariat.agenda_facts import is_filled


@dataclass(frozen=True)
class CallPreview:
    """Preview of a call. `departed` have left but still hold a place.

    `without_text` are items nobody and no register has filled. `drafted_at` is when the texts
    were drafted, where that was before today: they do not follow the registers.

    `obstacle` says why the meeting cannot be called, "" when nothing speaks against it.
    """

    mailed: Sequence[Person]
    departed: Sequence[Person]
    without_mail: Sequence[Person]
    vacant: Sequence[Seat]
    items: Sequence[AgendaItem]
    without_text: Sequence[AgendaItem]
    drafted_at: datetime | None
    carried: Sequence[AgendaItem]
    decisions: Sequence[Decision]
    minutes: Sequence[Minutes]
    obstacle: str

    @property
    def comes_by_itself(self) -> bool:
        return bool(self.carried or self.decisions or self.minutes)


def call_preview(meeting: Meeting) -> CallPreview:
    """Return what a call of the meeting will do, asked in seven queries."""
    day = timezone.localdate(meeting.starts_at)
    seats = list(meeting.committee.seats.on(day).with_holders(day))
    people = _people(seats, meeting)
    items = list(meeting.items.select_related("clause", "draft"))
    carried = unfinished(meeting)
    decisions = list(Decision.objects.unreported().filter(committee=meeting.committee_id))
    return CallPreview(
        mailed=[person for person in people if person.email and person.is_active],
        departed=[person for person in people if not person.is_active],
        without_mail=[person for person in people if person.is_active and not person.email],
        vacant=[seat for seat in seats if seat.holder is None],
        items=items,
        without_text=[item for item in items if _is_bare(item)],
        drafted_at=_drafted_before_today(items),
        carried=carried,
        decisions=decisions,
        minutes=_minutes(meeting),
        obstacle=obstacle_to_call(
            meeting,
            has_items=bool(items or carried or decisions),
            has_people=any(seat.holder for seat in seats),
        ),
    )


def _drafted_before_today(items: Sequence[AgendaItem]) -> datetime | None:
    """Return when the items were drafted; None where nobody did, or today."""
    moments = [item.draft.made_at for item in items if hasattr(item, "draft")]
    newest = max(moments, default=None)
    return newest if newest and timezone.localdate(newest) < timezone.localdate() else None


def _people(seats: Sequence[Seat], meeting: Meeting) -> list[Person]:
    """Return holders, then deputies, then the guests already invited, each once."""
    guests = meeting.attendances.filter(capacity=Attendance.Capacity.GUEST)
    found = [seat.holder for seat in seats] + [seat.deputy for seat in seats]
    found += [guest.person for guest in guests.select_related("person")]
    return list({person.pk: person for person in found if person}.values())


def _is_bare(item: AgendaItem) -> bool:
    filled = item.told_presentation or item.recommendation or is_filled(item.measure)
    return not filled and item.carried_from_id is None


def _minutes(meeting: Meeting) -> list[Minutes]:
    return list(minutes_to_present(meeting).select_related("meeting"))
