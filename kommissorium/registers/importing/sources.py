"""A file that was handed in as headings and rows, and how these are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from django.utils.translation import gettext as _

from kommissorium.core.documents.sheets import SheetRefused, read_sheet
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import printable
from kommissorium.registers.importing.cells import Cell, words_of


class SourceRow(NamedTuple):
    """A row of a sheet. `faults` says, by column, why a cell that is not empty has no value."""

    number: int
    cells: Sequence[Cell]
    faults: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Source:
    """Headings, the rows with the number each has in the sheet, and what to know of the reading."""

    headings: Sequence[str]
    rows: Sequence[SourceRow]
    notes: Sequence[str] = ()
    shape: str = ""

    def shaped(self, shape: str) -> Source:
        """Return it as one of a known layout."""
        return replace(self, shape=shape)

    def column(self, number: int) -> list[str]:
        """Return what stands in a column, as text, without empty cells."""
        found = (words_of(row.cells[number]) for row in self.rows if number < len(row.cells))
        return [words for words in found if words]

    def shares(self) -> Mapping[str, float]:
        """Return how much of each column is filled in, 0 to 1, by its number as text."""
        rows = len(self.rows) or 1
        return {str(n): len(self.column(n)) / rows for n in range(len(self.headings))}


def read_source(data: bytes, name: str) -> Source:
    """Return what an Excel workbook or a .csv file says. Raises Refused with the field `file`."""
    try:
        sheet = read_sheet(data, name)
    except SheetRefused as refused:
        raise Refused(file=str(refused)) from None
    rows = [
        SourceRow(
            row.number,
            [_kept(cell) for cell in row.cells],
            {str(column): sentence for column, sentence in row.faults.items()},
        )
        for row in sheet.rows
    ]
    return Source([printable(text) for text in sheet.headings], rows, sheet.notes)


def source_of_texts(headings: Sequence[str], rows: Sequence[Sequence[str]], shape: str) -> Source:
    """Return a source of what was read in a way of the import's own."""
    numbered = enumerate(rows, start=1)
    kept = [SourceRow(number, [printable(cell) for cell in row]) for number, row in numbered]
    return Source([printable(text) for text in headings], kept, shape=shape)


def refuse_size(source: Source, most: int) -> None:
    """Raise Refused (file) for no rows, and for more than `most`."""
    if not source.rows:
        raise Refused(file=_("There are no rows below the headings."))
    if len(source.rows) > most:
        sentence = _("There are %(rows)d rows. Take in at most %(most)d at a time.")
        raise Refused(file=sentence % {"rows": len(source.rows), "most": most})


def packed(source: Source) -> bytes:
    """Return headings and rows as they are kept beside the file, to be read again quickly."""
    rows = [[row.number, list(row.cells), dict(row.faults)] for row in source.rows]
    content = {"headings": list(source.headings), "rows": rows, "notes": list(source.notes)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(data: bytes) -> Source:
    """Return what `packed` kept."""
    content = json.loads(data)
    rows = [SourceRow(*row) for row in content["rows"]]
    return Source(content["headings"], rows, content["notes"])


def _kept(cell: Cell) -> Cell:
    return cell if isinstance(cell, int | float) else printable(words_of(cell))
