"""Reads the cells of one worksheet, row by row, whatever size the file claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from kommissorium.core.documents.sheet_parser.rows import (
    LAST_COLUMN,
    MOST_IN_A_CELL,
    MOST_MERGES,
    Merge,
    SheetRow,
    UnreadableTable,
    Value,
)
from kommissorium.core.documents.sheet_parser.workbook import (
    SheetPart,
    Workbook,
    decoded,
    number_value,
    read_part,
    whole,
)

_CHUNK: Final = 1024 * 1024
_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MERGE: Final = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?\bref=[\"']([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"
)
LONGEST_TAG: Final = 300


def merged_cells(book: Workbook, sheet: SheetPart) -> list[Merge]:
    """Return the merged cells of a sheet. They stand after its cells, but are needed before."""
    merges = list(islice(_merges(book, sheet), MOST_MERGES + 1))
    if len(merges) > MOST_MERGES:
        raise UnreadableTable("too_heavy")
    return merges


def _merges(book: Workbook, sheet: SheetPart) -> Iterator[Merge]:
    with book.archive.open(sheet.part) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            window = rest + chunk
            end = 0
            for found in _MERGE.finditer(window):
                end = found.end()
                (top, left), (bottom, right) = (place(ref.decode()) for ref in found.groups())
                yield Merge(top, left, bottom, right)
            rest = window[max(end, len(window) - LONGEST_TAG) :]


def place(reference: str) -> tuple[int, int]:
    """Return row (from 1) and column (from 0) of a reference such as "AB12"."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise UnreadableTable("damaged")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    if column > LAST_COLUMN:
        raise UnreadableTable("damaged")
    return int(found[2]), column - 1


def read_cells(book: Workbook, sheet: SheetPart, take: Callable[[SheetRow], object]) -> int:
    """Call `take` with each row of a sheet; return the number of values left by formulas."""
    reader = _Cells(book, take)
    read_part(book.archive, sheet.part, start=reader.start, end=reader.end, text=reader.text)
    return reader.formulas


class _Columns(dict[str, int]):
    """Gives the column of a reference, and remembers it by its letters."""

    def of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        if letters not in self:
            self[letters] = place(f"{letters}1")[1]
        return self[letters]


class _Cells:
    """Gathers the value of each cell between its tags. Empty cells cost next to nothing."""

    def __init__(self, book: Workbook, take: Callable[[SheetRow], object]) -> None:
        self._book = book
        self._take = take
        self._texts, self._kinds = book.texts, book.kinds
        self._columns = _Columns()
        self._row = SheetRow(0)
        self._column = -1
        self._reference: str | None = None
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._taking = self._spoken = self._is_formula = False
        self.formulas = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "t"}:
            self._taking = not self._spoken
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._row = SheetRow(whole(attributes.get("r")) or self._row.number + 1)
            self._column, self._reference = -1, None
        elif name == "rPh":
            self._spoken = True

    def text(self, piece: str) -> None:
        if self._taking:
            self._pieces.append(piece)
            if len(self._pieces) > MOST_IN_A_CELL:
                raise UnreadableTable("long_cell")

    def end(self, name: str) -> None:
        if name == "c":
            if self._pieces or self._is_formula:
                self._end_cell()
        elif name in {"v", "t"}:
            self._taking = False
        elif name == "row":
            self._take(self._row)
        elif name == "rPh":
            self._spoken = False

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column = self._here() + 1
        self._reference = reference
        self._attributes = attributes
        self._is_formula = False
        if self._pieces:
            self._pieces = []

    def _here(self) -> int:
        if self._reference is not None:
            self._column = self._columns.of(self._reference)
        if self._column > LAST_COLUMN:
            raise UnreadableTable("damaged")
        return self._column

    def _end_cell(self) -> None:
        text = "".join(self._pieces)
        kind = self._attributes.get("t", "n")
        if kind == "e":
            self._row.faults[self._here()] = "error"
        elif text:
            value = self._value(kind, text)
            if value != "":
                self._row.values[self._here()] = value
                self.formulas += self._is_formula
        elif self._is_formula and kind != "str":
            self._row.faults[self._here()] = "formula"

    def _value(self, kind: str, text: str) -> Value:
        if kind == "n":
            style = whole(self._attributes.get("s"))
            shown = self._kinds[style] if style < len(self._kinds) else ""
            return number_value(text.strip(), shown, from_1904=self._book.from_1904)
        if kind == "s":
            number = whole(text.strip())
            if number >= len(self._texts):
                raise UnreadableTable("damaged")
            return self._texts[number]
        if kind == "b":
            return "TRUE" if text.strip() == "1" else "FALSE"
        if kind == "d":
            return _written_day(text)
        return decoded(text)


def _written_day(text: str) -> Value:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return decoded(text)
