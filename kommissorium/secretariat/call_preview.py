"""What a call will do, the facts until then, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Seat
from kommissorium.core.evidence.kept import KeptAnswers
from kommissorium.core.ui.localised import clock, day
from kommissorium.meetings.actions.automatic_items import minutes_to_present, unfinished
from kommissorium.meetings.actions.call import obstacle_to_call
from kommissorium.meetings.facts import FactChange, Facts, changes, from_json
from kommissorium.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Decision,
    Meeting,
    Minutes,
)
from kommissorium.secretariat.agenda_facts import facts_of, is_filled


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


@dataclass(frozen=True)
class MovedDetail:
    """A circumstance of the meeting that is another now."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class ItemChanges:
    """An item, and the facts under it that the registers tell otherwise now."""

    item: AgendaItem
    changes: Sequence[FactChange]


@dataclass(frozen=True)
class ChangesSinceCall:
    """Everything that has changed since the call."""

    moved: Sequence[MovedDetail] = ()
    late_items: Sequence[AgendaItem] = ()
    late_files: Sequence[Attachment] = ()
    withdrawn: Sequence[AgendaItem] = ()
    facts: Sequence[ItemChanges] = field(default=())

    def __bool__(self) -> bool:
        return any((self.moved, self.late_items, self.late_files, self.withdrawn, self.facts))


def changes_since_call(meeting: Meeting, person: Person) -> ChangesSinceCall:
    """Return what has changed since the call; nothing before it. Closed items if they see them.

    The registers are asked only until the meeting is held: after that they tell of later things.
    """
    if not hasattr(meeting, "call"):
        return ChangesSinceCall()
    visible = AgendaItem.objects.visible_to(person).filter(meeting=meeting)
    items = list(visible.select_related("clause"))
    late = Attachment.objects.visible_to(person).exclude(late_because="")
    for item in items:
        item.meeting = meeting
    return ChangesSinceCall(
        moved=_moved(meeting),
        late_items=[item for item in items if item.is_late],
        late_files=list(late.filter(item__meeting=meeting).select_related("item")),
        withdrawn=[item for item in items if item.is_withdrawn],
        facts=_facts(items, meeting) if meeting.state == Meeting.State.CALLED else [],
    )


def _moved(meeting: Meeting) -> list[MovedDetail]:
    """Compare time and place with those of the record that the call froze."""
    then = json.loads(meeting.call.record.content)
    begins, ends = (datetime.fromisoformat(then[name]) for name in ("starts_at", "ends_at"))
    rows = (
        (_("Time"), _period(begins, ends), _period(meeting.starts_at, meeting.ends_at)),
        (_("Place"), then["place"], meeting.place),
        (_("Video link"), then["link"], meeting.link),
    )
    return [
        MovedDetail(label, before or "–", now or "–")
        for label, before, now in rows
        if before != now
    ]


def _period(begins: datetime, ends: datetime) -> str:
    begins, ends = timezone.localtime(begins), timezone.localtime(ends)
    return f"{day(begins)} {clock(begins)}–{ends:%H.%M}"


def _facts(items: Sequence[AgendaItem], meeting: Meeting) -> list[ItemChanges]:
    standing = [item for item in items if not item.is_withdrawn and not item.is_late]
    current = facts_of(standing, meeting)
    found = []
    for item in standing:
        then = from_json(item.facts) or Facts(meeting.call.at)
        different = changes(then, current.get(item.pk) or Facts(timezone.now()))
        if different:
            found.append(ItemChanges(item, different))
    return found


type LiveFacts = Sequence[tuple[AgendaItem, Facts]]
_LIVE: Final = KeptAnswers[tuple[int, int], LiveFacts](most=50)  # of a meeting, to a person


def live_facts(meeting: Meeting, person: Person) -> LiveFacts:
    """Return the items under which the registers have something to say now, with what it is.

    None once the meeting is called: the call keeps it under the items. Closed items for whoever
    sees them. Kept until something is done.
    """
    if meeting.state != Meeting.State.PLANNED:
        return []
    return _LIVE.answer((meeting.pk, person.pk), lambda: _live_facts(meeting, person))


def _live_facts(meeting: Meeting, person: Person) -> LiveFacts:
    visible = AgendaItem.objects.visible_to(person).standing().filter(meeting=meeting)
    items = list(visible.select_related("clause").order_by("position", "pk"))
    for item in items:
        item.meeting = meeting
    found = facts_of(items, meeting)
    return [(item, found[item.pk]) for item in items if item.pk in found]
