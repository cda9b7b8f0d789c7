"""Limits on the size of a table, and on memory and time of the process that parses it."""

from __future__ import annotations

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
