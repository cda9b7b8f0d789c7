"""Numbers of a register by quarter: a table on a page, and a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kommissorium.core.documents import Column, Sheet


@dataclass(frozen=True, slots=True)
class Trend:
    """Numbers by quarter, under a heading: rows of a word and as many numbers as quarters."""

    heading: str
    quarters: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int | None]]]

    def sheet(self) -> Sheet:
        """Return it as a sheet of a workbook."""
        columns = [Column(""), *(Column(word, kind="number") for word in self.quarters)]
        return Sheet(self.heading[:31], columns, [(word, *row) for word, row in self.rows])
