"""Everything a meeting pack holds, independent of the database, and as plain data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class PackSeat:
    """A seat of the committee; `name` and `deputy` are "" where nobody sits."""

    role: str
    function: str
    name: str
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file attached to an item; `size` in bytes, `sha256` in lower-case hex."""

    name: str
    media_type: str
    sha256: str
    size: int
    data: bytes | Path = field(repr=False)  # or where it lies on the disk
    late_because: str = ""


@dataclass(frozen=True, slots=True)
class PackItem:
    """An item of the agenda; its texts are sanitised rich text.

    A closed item without a title is one that the readers of this edition may not see.
    """

    number: int
    title: str
    type_label: str = ""
    recommendation_html: str = ""
    presentation_html: str = ""
    is_closed: bool = False
    closed_ground: str = ""
    attachments: tuple[PackFile, ...] = ()
    facts_html: str = ""  # what the registers said at the call
    late_because: str = ""
    withdrawn_because: str = ""

    @property
    def is_withheld(self) -> bool:
        return self.is_closed and not self.title


@dataclass(frozen=True, slots=True)
class Pack:
    """The agenda of one meeting with all that belongs to it.

    Times are aware and in the municipality's own zone, in which they are printed.
    """

    municipality: str
    committee: str
    title: str
    starts_at: datetime
    ends_at: datetime
    made_at: datetime
    place: str = ""
    link: str = ""
    edition_note: str = ""
    seats: tuple[PackSeat, ...] = ()
    items: tuple[PackItem, ...] = ()
    language: str = "da"
    number: str = ""  # of the meeting, 2026/3; "" before the call


def without_closed(pack: Pack) -> Pack:
    """Return the edition for readers without access: of a closed item only number and fact."""
    return replace(pack, items=tuple(_withheld(item) for item in pack.items))


def _withheld(item: PackItem) -> PackItem:
    return PackItem(item.number, title="", is_closed=True) if item.is_closed else item


def pack_json(pack: Pack) -> dict[str, Any]:
    """Return the pack as lists, dicts, texts and numbers; times in ISO 8601 with offset.

    An attachment stands as name, type, size in bytes and SHA-256; its bytes are kept elsewhere.
    """
    return {
        "municipality": pack.municipality,
        "committee": pack.committee,
        "number": pack.number,
        "title": pack.title,
        "starts_at": pack.starts_at.isoformat(),
        "ends_at": pack.ends_at.isoformat(),
        "made_at": pack.made_at.isoformat(),
        "place": pack.place,
        "link": pack.link,
        "edition_note": pack.edition_note,
        "language": pack.language,
        "seats": [asdict(seat) for seat in pack.seats],
        "items": [_item(item) for item in pack.items],
    }


def _item(item: PackItem) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "type": item.type_label,
        "recommendation": item.recommendation_html,
        "presentation": item.presentation_html,
        "closed": item.is_closed,
        "closed_ground": item.closed_ground,
        "facts": item.facts_html,
        "late_because": item.late_because,
        "withdrawn_because": item.withdrawn_because,
        "attachments": [_file(file) for file in item.attachments],
    }


def _file(file: PackFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "late_because": file.late_because,
    }
