"""What is handed over of a meeting: the case it is filed under, its files, and the .zip.

A KLE number has three pairs of digits: main group, group and subject. A facet may follow, a
letter and two digits, that says what is done in the matter: G01 is general cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any, Literal

from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.core.documents.handover import (
    CLOSED,
    METADATA,
    SUMS,
    HandoverFile,
    file_as_json,
    plain_facts,
    write_files,
)
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line, printable
from kommissorium.meetings.pack.phrases import moment_text

MOST_CASE_NUMBER = 60
_KLE = re.compile(r"([0-9]{2}\.[0-9]{2}\.[0-9]{2})(?:[ -]?([A-ZÆØÅ][0-9]{2}))?")


def check_kle(text: str) -> str:
    """Return a KLE number as it is written, "85.11.00" or "85.11.00G01"; "" where there is none.

    A space or hyphen before the facet is taken out, small letters become capitals. Raises
    Refused for the field `kle_number`.
    """
    given = one_line(text).upper()
    if not given:
        return ""
    found = _KLE.fullmatch(given)
    if not found:
        raise Refused(
            kle_number=_(
                "Write the KLE number as three pairs of digits with full stops between, such as"
                " 85.11.00. A facet, such as G01, can follow."
            )
        )
    number, facet = found.groups()
    return f"{number}{facet or ''}"


def check_case_number(text: str) -> str:
    """Return the case number on one line; any text will do, for each system has its own form.

    Raises Refused for the field `case_number` if it is longer than 60 characters.
    """
    given = one_line(text)
    if len(given) > MOST_CASE_NUMBER:
        raise Refused(
            case_number=_("A case number has at most %(most)d characters.")
            % {"most": MOST_CASE_NUMBER}
        )
    return given


# What a file of a meeting is: `minutes_open` are the minutes without closed items.
type Role = Literal["agenda", "minutes", "minutes_open", "addendum", "attachment"]


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """An item of the agenda. `result` is a word, `resolution_text` the decision as plain text."""

    number: str
    title: str
    is_closed: bool = False
    result: str = ""
    resolution_text: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """One meeting as it goes to the records system.

    `starts_at` is aware and in the municipality's own zone. `metadata` holds further facts, as
    participants and decisions, of lists, mappings, texts, numbers and dates. `language` is that
    of the README.
    """

    municipality: str
    committee: str
    meeting_number: str
    starts_at: datetime
    case_number: str
    kle_number: str
    title: str
    files: tuple[HandoverFile, ...]
    metadata: Mapping[str, object] = field(default_factory=dict)
    items: tuple[HandoverItem, ...] = ()
    language: str = "da"


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
        "attachment": _("Annex"),
    }[file.role]
    number = one_line(file.item_number)
    if number:
        label = _("%(what)s, item %(number)s") % {"what": label, "number": number}
    return _("%(what)s (closed)") % {"what": label} if file.is_closed else label


def write_zip(handover: Handover, out: IO[bytes]) -> None:
    """Write what is handed over of a meeting, with what is said of it, into a .zip."""

    def described(paths: Sequence[str]) -> tuple[str, dict[str, Any]]:
        return readme_of(handover, paths), metadata_of(handover, paths)

    write_files(handover.files, handover.starts_at, described, out)
