"""Reads one uploaded table: its headings, its rows, and what is said of it or against it."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

import kommissorium
from kommissorium.core.documents.subprocess_runner import Busy, Failed, Stopped, lines_apart
from kommissorium.core.files.file_types import FileRefused, media_type

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


REFUSALS: Final[dict[str, _StrPromise]] = {
    "wrong_kind": gettext_lazy("Only an Excel workbook (.xlsx) or a .csv file can be read."),
    "old_excel": gettext_lazy(
        "The file is in the old Excel format. Open it in Excel and save it as .xlsx."
    ),
    "locked": gettext_lazy("The file is locked with a password. Save a copy without one."),
    "not_text": gettext_lazy(
        "The content of the file is not text. Save it as an Excel workbook (.xlsx) or .csv file."
    ),
    "damaged": gettext_lazy(
        "The file is damaged and cannot be opened. Save it again and try once more."
    ),
    "empty": gettext_lazy("There is nothing in the file."),
    "hidden": gettext_lazy("The sheets that are shown are empty. Hidden sheets are not read."),
    "no_rows": gettext_lazy("There are headings in the file, but no rows below them."),
    "too_many_rows": gettext_lazy(
        "The file has more than 50,000 rows. Divide it into smaller files."
    ),
    "too_much": gettext_lazy("The file holds too much. Divide it into smaller files."),
    "long_cell": gettext_lazy(
        "A cell holds more text than Excel can. Perhaps a quotation mark is missing."
    ),
    "busy": gettext_lazy("Other files are being read just now. Try again in a moment."),
    "too_heavy": gettext_lazy(
        "The file takes too much to open. Copy the table to a new workbook and use that."
    ),
}
FAULTS: Final[dict[str, _StrPromise]] = {
    "formula": gettext_lazy(
        "The cell holds a formula whose value was not saved. Open the file in Excel and save it."
    ),
    "error": gettext_lazy("The cell shows an error in Excel."),
}
MOST_NAMED: Final = 10
ALPHABET: Final = 26


def notes_about(told: Mapping[str, Any]) -> list[str]:
    """Return a sentence for everything about a table that a person might not expect."""
    return [*_about_sheets(told), *_about_headings(told), *_about_cells(told)]


def _about_sheets(told: Mapping[str, Any]) -> Iterator[str]:
    if told.get("others"):
        yield _("Only the sheet “%(sheet)s” was read. Left out: %(others)s.") % {
            "sheet": told["sheet"],
            "others": _named(told["others"]),
        }
    if hidden := told.get("hidden", 0):
        yield ngettext(
            "%(count)d hidden sheet was left out.", "%(count)d hidden sheets were left out.", hidden
        ) % {"count": hidden}


def _about_headings(told: Mapping[str, Any]) -> Iterator[str]:
    if told["heading_row"] > 1:
        yield _("The headings are in row %(row)d. What is above them was left out.") % {
            "row": told["heading_row"]
        }
    if told["numbered"]:
        yield _("Headings that occur more than once were numbered.")
    if left_over := told["left_over"]:
        yield ngettext(
            "Only the first 300 columns were read. %(count)d more was left out.",
            "Only the first 300 columns were read. %(count)d more were left out.",
            left_over,
        ) % {"count": left_over}
    if nameless := told["nameless"]:
        yield ngettext(
            "A column without a heading was left out: %(columns)s.",
            "Columns without a heading were left out: %(columns)s.",
            len(nameless),
        ) % {"columns": _named([column_letters(column) for column in nameless])}


def _about_cells(told: Mapping[str, Any]) -> Iterator[str]:
    if told["merged"]:
        yield _("Merged cells were filled in: each of their rows was given the value they show.")
    if formulas := told.get("formulas", 0):
        yield ngettext(
            "%(count)d cell holds a formula. The value last saved was used.",
            "%(count)d cells hold formulas. The values last saved were used.",
            formulas,
        ) % {"count": formulas}
    if unknown := told["unknown_formulas"]:
        yield ngettext(
            "%(count)d cell holds a formula whose value was not saved.",
            "%(count)d cells hold formulas whose values were not saved.",
            unknown,
        ) % {"count": unknown}
    if errors := told["errors"]:
        yield ngettext(
            "%(count)d cell shows an error in Excel and was left empty.",
            "%(count)d cells show an error in Excel and were left empty.",
            errors,
        ) % {"count": errors}


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    told = ", ".join(names[:MOST_NAMED])
    return _("%(names)s and %(more)d more") % {"names": told, "more": more} if more > 0 else told


def column_letters(column: int) -> str:
    """Return Excel's name for a column, counted from 0: A, B, …, Z, AA."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, ALPHABET)
        letters = chr(ord("A") + letter) + letters
    return letters


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
