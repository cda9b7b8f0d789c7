"""Reads one uploaded table: its headings, its rows, and remarks about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import kommissorium
from kommissorium.core.documents.sheets.messages import FAULTS, REFUSALS, notes_about
from kommissorium.core.documents.slots import Busy
from kommissorium.core.documents.subprocess_runner import Failed, Stopped, lines_apart
from kommissorium.core.files.file_types import FileRefused, media_type

type CellValue = str | int | float | date | None

_OPENER: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from kommissorium.core.documents.sheet_parser.main import main; main()"
)
_LIBRARY: Final = str(Path(kommissorium.__file__).resolve().parent.parent)
PATIENCE_SECONDS: Final = 25
ROWS_A_CALL: Final = 500
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_WORKBOOK: Final = "EncryptedPackage".encode("utf-16-le")
_KINDS: Final = {"xlsx": "excel", "csv": "text", "txt": "text"}


class SheetRefused(Exception):
    """The file cannot be read as a table; the message says why in the user's language."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row with its number in Excel and a value for each heading, None for an empty cell.

    `faults` says, by the place of the heading, why a cell that is not empty has no value.
    """

    number: int
    cells: list[CellValue]
    faults: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class SheetRead:
    """A table: no two headings are the same, and every row holds something.

    `notes` are sentences about what was left out or filled in.
    """

    headings: list[str] = field(default_factory=list)
    rows: list[SheetRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_sheet(
    data: bytes, name: str, *, on_rows: Callable[[int], None] | None = None
) -> SheetRead:
    """Read the table in a .xlsx, .csv or .txt file.

    Of a workbook the first sheet that is shown and holds a table; from the first row that reads
    like headings on. Texts come without the blanks around them, days as dates if the sheet has
    them as days. `on_rows` is told now and then how many rows were read so far.
    Raises SheetRefused.
    """
    kind = _kind_of(data, name)
    read = SheetRead()
    told: dict[str, Any] = {}
    with closing(_answers(data, kind)) as answers:
        for answer in answers:
            if isinstance(answer, dict):
                told = answer
                continue
            read.rows.append(_row(answer))
            if on_rows and len(read.rows) % ROWS_A_CALL == 0:
                on_rows(len(read.rows))
    if "headings" not in told:
        raise _refused(str(told.get("refused")))
    if on_rows:
        on_rows(len(read.rows))
    read.headings, read.notes = told["headings"], notes_about(told)
    return read


def _answers(data: bytes, kind: str) -> Generator[Any]:
    arguments = ["-c", _OPENER, _LIBRARY, kind]
    try:
        for line in lines_apart(arguments, data, seconds=PATIENCE_SECONDS):
            yield json.loads(line)
    except Stopped:
        raise _refused("too_heavy") from None
    except (Failed, json.JSONDecodeError):
        raise _refused("damaged") from None
    except Busy:
        raise _refused("busy") from None


def _refused(code: str) -> SheetRefused:
    return SheetRefused(str(REFUSALS.get(code, REFUSALS["damaged"])))


def _row(answer: list[Any]) -> SheetRow:
    number, cells, faults = answer
    return SheetRow(
        number,
        [date.fromisoformat(cell[0]) if type(cell) is list else cell for cell in cells],
        {int(place): str(FAULTS[code]) for place, code in faults.items()},
    )


def _kind_of(data: bytes, name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    if data.startswith(_OLE):
        raise _refused("locked" if _LOCKED_WORKBOOK in data else "old_excel")
    if ending not in _KINDS:
        raise _refused("wrong_kind")
    try:
        media_type(data, name)
    except FileRefused as refusal:
        raise SheetRefused(str(refusal)) from None
    return _KINDS[ending]
