"""Turns a pack into the data its template asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.core.richtext import blocks_as_json, one_line, shows, to_blocks
from kommissorium.meetings.pack.model import Pack, PackFile, PackItem, PackSeat
from kommissorium.meetings.pack.wording import (
    annex_number,
    item_title,
    kind,
    meeting_line,
    moment_text,
    period,
    size,
)


def pack_data(pack: Pack) -> dict[str, Any]:
    """Return the pack as data for pack.typ, worded in the active language."""
    sheet = _sheet(pack)
    committee = one_line(pack.committee)
    return {
        "sheet": sheet,
        "words": _words(),
        "municipality": one_line(pack.municipality),
        "committee": committee if committee != sheet["title"] else "",
        "notes": _notes(pack),
        "facts": _facts(pack),
        "seats": [_seat(seat) for seat in pack.seats],
        "items": [_item(item) for item in pack.items],
    }


def _sheet(pack: Pack) -> dict[str, str]:
    title = one_line(pack.title) if shows(pack.title) else _("Agenda")
    return {
        "title": title,
        "author": one_line(pack.municipality) or one_line(pack.committee) or title,
        "description": f"{one_line(pack.committee)}, {period(pack.starts_at, pack.ends_at)}",
        "language": pack.language,
        "footer": meeting_line(pack),
        "page_pattern": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }


def _words() -> Mapping[str, str]:
    return {
        "items": _("Items"),
        "no_items": _("There are no items on the agenda."),
        "members": _("Members"),
        "role": _("Role"),
        "function": _("Function"),
        "name": _("Name"),
        "deputy": _("Deputy"),
        "recommendation": _("Recommendation"),
        "presentation": _("Case presentation"),
        "annexes": _("Annexes"),
        "number": _("No."),
        "file": _("Annex"),
        "kind": _("File type"),
        "size": _("Size"),
        "page": _("Page"),
        "closed": _("Closed item"),
    }


def _notes(pack: Pack) -> list[str]:
    notes = [one_line(line) for line in pack.edition_note.splitlines()]
    return [note for note in notes if note]


def _facts(pack: Pack) -> list[dict[str, str]]:
    rows = [(_("Time"), period(pack.starts_at, pack.ends_at), "")]
    rows.append((_("Place"), one_line(pack.place), ""))
    rows.append((_("Video link"), one_line(pack.link), _address(pack.link)))
    rows.append((_("Compiled"), moment_text(pack.made_at), ""))
    return [{"label": label, "text": text, "href": href} for label, text, href in rows if text]


def _address(link: str) -> str:
    link = one_line(link)
    return link if link.startswith(("https://", "http://")) and " " not in link else ""


def _seat(seat: PackSeat) -> list[str]:
    return [one_line(text) or "–" for text in (seat.role, seat.function, seat.name, seat.deputy)]


def _item(item: PackItem) -> dict[str, Any]:
    return {
        "number": str(item.number),
        "title": item_title(item),
        "type": one_line(item.type_label),
        "closed": item.is_closed and not item.is_withheld,
        "ground": one_line(item.closed_ground),
        "recommendation": _rich(item.recommendation_html),
        "presentation": _rich(item.presentation_html),
        "annexes": _annexes(item),
    }


def _rich(html: str) -> list[dict[str, Any]]:
    return blocks_as_json(to_blocks(html))


def _annexes(item: PackItem) -> Sequence[dict[str, str]]:
    return [
        _annex(annex_number(item, place), file)
        for place, file in enumerate(item.attachments, start=1)
    ]


def _annex(number: str, file: PackFile) -> dict[str, str]:
    return {
        "number": number,
        "name": one_line(file.name) or number,
        "kind": kind(file),
        "size": size(file.size),
        "sha256": file.sha256,
    }
