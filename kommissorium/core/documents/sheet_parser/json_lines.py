"""Writes the rows of a table below its headings as lines of JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Final

from kommissorium.core.documents.sheet_parser.headings import Headings, find_headings
from kommissorium.core.documents.sheet_parser.limits import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_ROWS,
    UnreadableTable,
)
from kommissorium.core.documents.sheet_parser.rows import Merges, SheetRow, Value

SAMPLE: Final = 50
MOST_TOLD: Final = 1000


class TableWriter:
    """Writes [number, [value of each heading], {place: fault}] for every row that holds something.

    A date is written as a list of one text. Raises Refused for what is beyond the limits, and
    with "narrow" for a table of fewer than `least` columns.
    """

    def __init__(
        self, write: Callable[[str], object], merges: Merges | None = None, *, least: int = 1
    ) -> None:
        self._write = write
        self._least = least
        self._merges = merges or Merges()
        self._first: list[SheetRow] = []
        self._headings: Headings | None = None
        self._places: dict[int, int] = {}
        self._nameless: set[int] = set()
        self._counts: Counter[str] = Counter()

    def add(self, row: SheetRow) -> None:
        """Take the next row in."""
        if not row.filled:
            return
        if self._headings is None:
            self._first.append(row)
            if len(self._first) >= SAMPLE:
                self._begin()
        else:
            self._put(self._headings, row)

    def end(self) -> dict[str, object]:
        """Return the remarks about the table. Raises Refused where it held no row."""
        if self._headings is None:
            if not self._first:
                raise UnreadableTable("empty")
            self._begin()
        headings = self._headings
        if headings is None or not self._counts["rows"]:
            raise UnreadableTable("no_rows")
        return {
            "headings": headings.titles,
            "heading_row": headings.first,
            "numbered": headings.numbered,
            "left_over": headings.left_over,
            "nameless": sorted(self._nameless),
            "merged": self._merges.filled,
            "unknown_formulas": self._counts["formula"],
            "errors": self._counts["error"],
        }

    def _begin(self) -> None:
        if max(row.filled for row in self._first) < self._least:
            raise UnreadableTable("narrow")
        self._headings = headings = find_headings(self._first, self._merges)
        self._places = {column: place for place, column in enumerate(headings.columns)}
        for row in self._first:
            if row.number > headings.last:
                self._put(headings, row)
        self._first = []

    def _put(self, headings: Headings, row: SheetRow) -> None:
        self._merges.fill(row)
        places = self._places
        cells: list[Value | list[str] | None] = [None] * len(places)
        for column, value in row.values.items():
            place = places.get(column)
            if place is None:
                self._leave_out(column, headings)
            else:
                cells[place] = [value.isoformat()] if isinstance(value, date) else value
        faults = {places[column]: code for column, code in row.faults.items() if column in places}
        self._count(row, faults)
        if faults or any(cell is not None for cell in cells):
            self._counts["rows"] += 1
            if self._counts["rows"] > MOST_ROWS:
                raise UnreadableTable("too_many_rows")
            self._write(json.dumps([row.number, cells, faults]) + "\n")

    def _leave_out(self, column: int, headings: Headings) -> None:
        beyond = headings.left_over and column > headings.columns[-1]
        if not beyond and len(self._nameless) < MOST_TOLD:
            self._nameless.add(column)

    def _count(self, row: SheetRow, faults: dict[int, str]) -> None:
        counts = self._counts
        counts["cells"] += row.filled
        counts["characters"] += sum(
            len(value) for value in row.values.values() if isinstance(value, str)
        )
        if counts["cells"] > MOST_CELLS or counts["characters"] > MOST_CHARACTERS:
            raise UnreadableTable("too_much")
        counts.update(faults.values())
