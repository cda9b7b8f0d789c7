"""Frozen record of an earlier meeting, and the facts the chain keeps of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from django.utils import timezone

from kommissorium.core.files.models import StoredFile
from kommissorium.meetings.models import AgendaItem, Meeting, Registration


class GivenTask(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def owner(self) -> Any: ...
    @property
    def due(self) -> Any: ...


def record_content(
    meeting: Meeting,
    *,
    own_number: str,
    others_present: str,
    file: StoredFile,
    file_name: str,
    tasks: Iterable[GivenTask],
) -> dict[str, Any]:
    """Return everything that was registered, closed items too, as plain data."""
    starts_at = timezone.localtime(meeting.starts_at)
    return {
        "committee": meeting.committee.name,
        "number": meeting.label,
        "own_number": own_number,
        "day": starts_at.date(),
        "start": starts_at.time() if meeting.is_timed else None,
        "place": meeting.place,
        "minutes": {
            "name": file_name,
            "sha256": file.pk,
            "size": file.size,
            "media_type": file.media_type,
        },
        "present": [
            {
                "name": row.person.name,
                "capacity": row.capacity,
                "seat": str(row.seat) if row.seat else "",
            }
            for row in meeting.attendances.select_related("person", "seat")
        ],
        "others_present": others_present,
        "items": [_item(item) for item in _items(meeting)],
        "tasks": [
            {"title": one.title, "owner": one.owner.name if one.owner else "", "due": one.due}
            for one in tasks
        ],
    }


def registered_facts(meeting: Meeting) -> dict[str, Any]:
    """Return what the chain tells: no titles and no texts, for an item may be closed."""
    registration = Registration.objects.select_related("record").get(meeting=meeting)
    starts_at = timezone.localtime(meeting.starts_at)
    present = meeting.attendances.count()
    return {
        "number": meeting.label,
        "own_number": registration.own_number,
        "day": starts_at.date(),
        "start": starts_at.time() if meeting.is_timed else None,
        "place": meeting.place,
        "present": present,
        "present_is_known": bool(present or registration.others_present),
        "items": [_item_facts(item) for item in _items(meeting)],
        "minutes_sha256": registration.file_id,
        "record": registration.record_id,
        "content_hash": registration.record.content_hash,
    }


def _items(meeting: Meeting) -> Iterable[AgendaItem]:
    return meeting.items.select_related("clause__mandate", "meeting", "proceedings")


def _item(item: AgendaItem) -> dict[str, Any]:
    said = item.recorded
    return {
        **_item_facts(item),
        "title": item.title,
        "closed_ground": item.closed_ground,
        "decision": said.decision if said else "",
        "weighing": said.weighing() if said else {},
    }


def _item_facts(item: AgendaItem) -> dict[str, Any]:
    clause = item.clause
    return {
        "item": item.pk,
        "number": item.label,
        "clause": clause.pk if clause else None,
        "clause_number": clause.number if clause else "",
        "mandate_version": clause.mandate.version if clause else None,
        "measure": item.measure,
        "outcome": item.recorded.outcome if item.recorded else "",
        "is_closed": item.is_closed,
    }
