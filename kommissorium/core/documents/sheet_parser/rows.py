"""Rows of a table as they stand in the file, merged cells, and how large a table may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kommissorium.core.documents import process_limits
from kommissorium.core.documents.process_limits import MEGABYTE

MEMORY_BYTES: Final = 300 * MEGABYTE
CPU_SECONDS: Final = 20

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 300
MOST_CELLS: Final = 2_000_000
MOST_CHARACTERS: Final = 30_000_000
# Excel itself takes 32,767 characters in a cell.
MOST_IN_A_CELL: Final = 100_000
MOST_MERGES: Final = 100_000
MOST_SHEETS: Final = 50
LAST_COLUMN: Final = 16_384


class UnreadableTable(Exception):
    """The table cannot be read; `code` is a key of sheets.words.REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def limit() -> None:
    """Bound the memory and processor time of this process."""
    process_limits.limit(MEMORY_BYTES, CPU_SECONDS)


type Value = str | int | float | date

# What XML, databases and screens cannot show. Line breaks and tabs stay.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAKS: Final = re.compile(r"\r\n?")


@dataclass(slots=True)
class SheetRow:
    """A row by the number that people see. Columns count from 0; empty cells are left out.

    `faults` has a code for each cell whose value is not known: "formula" or "error".
    """

    number: int
    values: dict[int, Value] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)

    @property
    def filled(self) -> int:
        return len(self.values) + len(self.faults)


@dataclass(frozen=True, slots=True)
class Merge:
    """A block of cells that show one value, the one above left. Columns count from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Merges:
    """Hands the value of merged cells down to the rows below, as the rows come."""

    def __init__(self, merges: Iterable[Merge] = ()) -> None:
        self._by_top: dict[int, list[Merge]] = {}
        self._open: dict[int, tuple[int, Value]] = {}
        self.filled = 0
        for merge in merges:
            self._by_top.setdefault(merge.top, []).append(merge)

    def starting_in(self, number: int) -> list[Merge]:
        return self._by_top.get(number, [])

    def fill(self, row: SheetRow) -> None:
        """Fill the cells of a row that belong to a merged cell further up.

        Sideways nothing is filled: a value has one column.
        """
        for column, (bottom, value) in list(self._open.items()):
            if row.number > bottom:
                del self._open[column]
            elif column not in row.values:
                row.values[column] = value
                self.filled += 1
        for merge in self.starting_in(row.number):
            if merge.bottom > merge.top and merge.left in row.values:
                self._open[merge.left] = (merge.bottom, row.values[merge.left])


def cleaned(text: str) -> str:
    """Return a cell's text without surrounding blanks and invisible characters."""
    if len(text) > MOST_IN_A_CELL:
        raise UnreadableTable("long_cell")
    if not text.isprintable():
        text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    return text.strip()
