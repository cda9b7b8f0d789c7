"""Turns a pack into the data its template needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.core.documents.about import about_document
from kommissorium.core.richtext import blocks_as_json, one_line, shows, to_blocks
from kommissorium.meetings.closing_grounds import stated_ground
from kommissorium.meetings.pack.model import Pack, PackFile, PackItem, PackSeat
from kommissorium.meetings.pack.phrases import (
    annex_number,
    draft_label,
    full_title,
    item_title,
    kind,
    lines,
    meeting_line,
    moment_text,
    period,
    size,
    web_address,
)


def pack_data(pack: Pack) -> dict[str, Any]:
    """Return the pack as data for pack.typ, worded in the active language."""
    sheet = _sheet(pack)
    committee = one_line(pack.committee)
    return {
        "sheet": sheet,
        "words": _words(),
        "municipality": one_line(pack.municipality),
        "committee": "" if committee in sheet["title"] else committee,
        "draft": draft_label(pack),
        "notes": lines(pack.edition_note),
        "facts": _facts(pack),
        "seats": [_seat(seat) for seat in pack.seats],
        "items": [_item(item) for item in pack.items],
    }


def _sheet(pack: Pack) -> dict[str, str]:
    title = one_line(pack.title) if shows(pack.title) else full_title(_("Agenda"), pack)
    return about_document(
        title,
        f"{one_line(pack.committee)}, {period(pack.starts_at, pack.ends_at)}",
        author=one_line(pack.municipality) or one_line(pack.committee) or title,
        footer=meeting_line(pack),
        language=pack.language,
    )


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
        "registers": _("From the registers"),
        "annexes": _("Annexes"),
        "number": _("No."),
        "file": _("Annex"),
        "kind": _("File type"),
        "size": _("Size"),
        "page": _("Page"),
        "closed": _("Closed item"),
    }


def _facts(pack: Pack) -> list[dict[str, str]]:
    rows = [(_("Meeting"), one_line(pack.number), "")]
    rows.append((_("Time"), period(pack.starts_at, pack.ends_at), ""))
    rows.append((_("Place"), one_line(pack.place), ""))
    rows.append((_("Video link"), one_line(pack.link), web_address(pack.link)))
    rows.append((_("Compiled"), moment_text(pack.made_at), ""))
    return [{"label": label, "text": text, "href": href} for label, text, href in rows if text]


def _seat(seat: PackSeat) -> list[str]:
    return [one_line(text) or "–" for text in (seat.role, seat.function, seat.name, seat.deputy)]


def _item(item: PackItem) -> dict[str, Any]:
    return {
        "number": str(item.number),
        "title": _withdrawn_title(item) if item.withdrawn_because else item_title(item),
        "type": one_line(item.type_label),
        "closed": item.is_closed and not item.is_withheld,
        "ground": stated_ground(one_line(item.closed_ground)),
        "remarks": _remarks(item),
        "recommendation": _rich(item.recommendation_html),
        "presentation": _rich(item.presentation_html),
        "registers": _rich(item.facts_html),
        "annexes": _annexes(item),
    }


def _withdrawn_title(item: PackItem) -> str:
    return _("%(title)s (withdrawn)") % {"title": item_title(item)}


def _remarks(item: PackItem) -> list[str]:
    """Return why the item came late or was withdrawn, a sentence each."""
    remarks = []
    if late := one_line(item.late_because):
        remarks.append(_("Added after the call: %(reason)s") % {"reason": late})
    if withdrawn := one_line(item.withdrawn_because):
        remarks.append(_("Withdrawn: %(reason)s") % {"reason": withdrawn})
    return remarks


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
        "name": _annex_name(file) or number,
        "kind": kind(file),
        "size": size(file.size),
        "sha256": file.sha256,
    }


def _annex_name(file: PackFile) -> str:
    name, late = one_line(file.name), one_line(file.late_because)
    if not late:
        return name
    return _("%(name)s (added after the call: %(reason)s)") % {"name": name, "reason": late}
