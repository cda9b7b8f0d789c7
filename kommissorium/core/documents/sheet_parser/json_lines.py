"""Finds the row of headings in a table, and writes the rows below as lines of JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kommissorium.core.documents.sheet_parser.rows import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_ROWS,
    Merges,
    SheetRow,
    UnreadableTable,
    Value,
)

LONGEST: Final = 200
DEEPEST: Final = 3
_LETTER: Final = re.compile(r"[^\W\d_]")
_DAY: Final = re.compile(r"\d{1,4}[-./ ]+(?:\d{1,2}|[^\W\d_]{3,9})[-./ ]+\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns that have a heading, up to a limit, and the rows they were found in.

    `left_over` is how many more columns have one.
    """

    first: int
    last: int
    columns: list[int]
    titles: list[str]
    left_over: int
    numbered: bool


def find_headings(rows: Sequence[SheetRow], merges: Merges) -> Headings:
    """Return the headings among the first rows of a table, of which there is at least one.

    The first row that is filled half as wide as the widest one and reads like names; where no
    row does, the first that is as wide.
    """
    widest = max(row.filled for row in rows)
    least = min(max(2, (widest + 1) // 2), widest)
    wide = [row for row in rows if len(row.values) >= least] or list(rows)
    chosen = next((row for row in wide if _reads_like_names(row)), wide[0])
    last = _last_row(chosen, merges)
    titles = _titles([row for row in rows if chosen.number <= row.number <= last], merges)
    columns = sorted(titles)
    kept = columns[:MOST_COLUMNS]
    unique, numbered = _numbered([titles[column] for column in kept])
    return Headings(chosen.number, last, kept, unique, len(columns) - len(kept), numbered)


def _reads_like_names(row: SheetRow) -> bool:
    names = [value for value in row.values.values() if _is_name(value)]
    return len(names) * 5 >= len(row.values) * 4 and not row.faults


def _is_name(value: Value) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= LONGEST
        and _LETTER.search(value) is not None
        and _DAY.match(value) is None
    )


def _last_row(row: SheetRow, merges: Merges) -> int:
    """Return the last row of headings: a heading may be merged down over several."""
    bottoms = [merge.bottom for merge in merges.starting_in(row.number)]
    return min(max([row.number, *bottoms]), row.number + DEEPEST - 1)


def _titles(rows: Sequence[SheetRow], merges: Merges) -> dict[int, str]:
    """Return the heading of each column; those in several rows are read from above."""
    parts: dict[int, list[str]] = {}
    for row in rows:
        values = dict(row.values)
        if len(rows) > 1:
            for merge in merges.starting_in(row.number):
                if merge.left in values:
                    span = range(merge.left, min(merge.right, merge.left + MOST_COLUMNS) + 1)
                    values |= dict.fromkeys(span, values[merge.left])
        for column, value in values.items():
            title = " ".join(str(value).split())[:LONGEST]
            if title and title not in parts.setdefault(column, []):
                parts[column].append(title)
    return {column: " ".join(titles) for column, titles in parts.items() if titles}


def _numbered(titles: list[str]) -> tuple[list[str], bool]:
    """Return the titles so that no two are the same, and whether any had to be numbered."""
    taken: set[str] = set()
    unique = []
    following: dict[str, int] = {}
    for title in titles:
        found, key = title, title.casefold()
        while found.casefold() in taken:
            following[key] = following.get(key, 1) + 1
            found = f"{title} ({following[key]})"
        taken.add(found.casefold())
        unique.append(found)
    return unique, unique != titles


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
