"""Describes the files handed over: metadata.json for programs, README.txt for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.core.documents.handover import (
    CLOSED,
    METADATA,
    SUMS,
    HandoverFile,
    file_as_json,
    plain_facts,
)
from kommissorium.core.richtext import one_line, printable
from kommissorium.meetings.handover.model import Handover, HandoverItem
from kommissorium.meetings.pack.phrases import moment_text

SCHEMA = "kommissorium-handover-1"


def metadata_of(handover: Handover, paths: Sequence[str]) -> dict[str, Any]:
    """Return what metadata.json holds, as docs/handover.md has it; `paths` are of the files."""
    rows = [file_as_json(*each) for each in zip(handover.files, paths, strict=True)]
    return {
        "schema": SCHEMA,
        "meeting": _meeting(handover, rows),
        "file": rows,
        "facts": plain_facts(handover.metadata),
    }


def readme_of(handover: Handover, paths: Sequence[str]) -> str:
    """Return what README.txt holds, in the language of the handover."""
    with translation.override(handover.language):
        return "\n".join(_readme_lines(handover, paths)) + "\n"


def _meeting(handover: Handover, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "type": "Meeting",
        "name": one_line(handover.title),
        "number": one_line(handover.meeting_number),
        "start": handover.starts_at.isoformat(),
        "organization": {
            "type": "Organization",
            "name": one_line(handover.committee),
            "body": {"type": "Body", "name": one_line(handover.municipality)},
        },
        "caseNumber": one_line(handover.case_number),
        "kleNumber": one_line(handover.kle_number),
        "invitation": _ids(rows, "agenda"),
        "resultsProtocol": _ids(rows, "minutes", "minutes_open"),
        "auxiliaryFile": _ids(rows, "addendum", "attachment"),
        "agendaItem": [
            _item(item, order, rows) for order, item in enumerate(_items(handover), start=1)
        ],
    }


def _ids(rows: Sequence[Mapping[str, Any]], *roles: str, item: str = "") -> list[str]:
    """Return the ids of the files in these roles that belong to the item, "" for the meeting."""
    return [row["id"] for row in rows if row["role"] in roles and row["agendaItem"] == item]


def _items(handover: Handover) -> Iterator[HandoverItem]:
    """Yield the items, and those that only a file tells of, each once."""
    yield from handover.items
    known = {one_line(item.number) for item in handover.items} | {""}
    for file in handover.files:
        number = one_line(file.item_number)
        if number not in known:
            known.add(number)
            its = [f for f in handover.files if one_line(f.item_number) == number]
            yield HandoverItem(number, "", is_closed=any(f.is_closed for f in its))


def _item(item: HandoverItem, order: int, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    number = one_line(item.number)
    return {
        "type": "AgendaItem",
        "number": number,
        "order": order,
        "name": one_line(item.title),
        "public": not item.is_closed,
        "result": one_line(item.result),
        "resolutionText": printable(item.resolution_text),
        "auxiliaryFile": [row["id"] for row in rows if number and row["agendaItem"] == number],
    }


def _readme_lines(handover: Handover, paths: Sequence[str]) -> Iterator[str]:
    yield f"{one_line(handover.committee)}, {one_line(handover.municipality)}"
    yield one_line(handover.title)
    for label, fact in (
        (_("Meeting"), handover.meeting_number),
        (_("Held"), moment_text(handover.starts_at)),
        (_("Case number"), handover.case_number),
        (_("KLE number"), handover.kle_number),
    ):
        if fact:
            yield f"{label}: {one_line(fact)}"
    yield ""
    for file, path in zip(handover.files, paths, strict=True):
        yield f"{path}\n    {_role(file)}"
    yield ""
    yield _("%(name)s has the same for a machine to read.") % {"name": METADATA}
    yield _("%(name)s has the checksums of the files. Check them with: sha256sum -c %(name)s") % {
        "name": SUMS
    }
    closed = [file.is_closed for file in handover.files] + [i.is_closed for i in handover.items]
    if any(closed):
        yield ""
        yield _(
            "Files with closed items are in the folder %(folder)s. This text and %(name)s tell of"
            " closed items too. Give access only to those who may read them."
        ) % {"folder": CLOSED, "name": METADATA}


def _role(file: HandoverFile) -> str:
    label = {
        "agenda": _("Agenda"),
        "minutes": _("Minutes"),
        "minutes_open": _("Minutes without closed items"),
        "addendum": _("Addendum to the minutes"),
        "attachment": _("Attachment"),
    }[file.role]
    number = one_line(file.item_number)
    if number:
        label = _("%(what)s, item %(number)s") % {"what": label, "number": number}
    return _("%(what)s (closed)") % {"what": label} if file.is_closed else label
