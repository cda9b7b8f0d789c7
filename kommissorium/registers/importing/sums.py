"""Sums among the rows of a sheet, as “I alt” with figures: they are no rows, and are left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.core.documents.sheets import CellRefused, as_number
from kommissorium.registers.importing.cells import Cell, folded, words_of
from kommissorium.registers.importing.plan import PlannedRow
from kommissorium.registers.importing.sources import SourceRow

SUMS: Final = frozenset(
    (
        *("i alt", "ialt", "alt i alt", "sum", "total", "totalt", "totalsum", "sum total"),
        *("sum i alt", "total i alt", "i alt sum", "samlet", "samlet sum", "samlet total"),
        *("antal i alt", "i alt antal", "samlet antal", "tilsammen", "hovedtotal", "subtotal"),
        *("delsum", "mellemsum", "deltotal", "mellemtotal", "grand total", "total sum"),
    )
)


def sum_row(given: SourceRow, row_type: type[PlannedRow]) -> PlannedRow | None:
    """Return the row, left out, if it is a sum; None for any other."""
    words = sum_in(given.cells)
    if not words:
        return None
    note = _("The row is a sum.")
    return row_type(given.number, given.cells, words, notes=[note], left_out=True)


def sum_in(cells: Sequence[Cell]) -> str:
    """Return the words of the sum that stands in a row alone with figures; "" for any other row."""
    said = (words for cell in cells if (words := words_of(cell)) and not _is_figure(words))
    first = next(said, "")
    return first if _is_sum(first) and all(_is_sum(words) for words in said) else ""


def _is_sum(words: str) -> bool:
    return " ".join(word for word in folded(words).split() if not word.isdigit()) in SUMS


def _is_figure(words: str) -> bool:
    """Return whether a cell is a number, an amount or a percentage, or a dash in its place."""
    try:
        as_number(words.removesuffix("%"))
    except CellRefused:
        return not folded(words)
    return True
