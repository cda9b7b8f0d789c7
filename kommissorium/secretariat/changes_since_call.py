"""Changes of a meeting since it was called, as far as a reader may see them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import clock, day
from kommissorium.meetings.facts import FactChange, Facts, changes, from_json
from kommissorium.meetings.models import AgendaItem, Attachment, Meeting
from kommissorium.secretariat.agenda_facts import facts_of


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
