"""The pack as plain data, for the frozen record and other systems."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kommissorium.meetings.pack.model import Pack, PackFile, PackItem


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
