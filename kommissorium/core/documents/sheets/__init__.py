"""Reads tables that people upload, Excel or CSV, and says what is wrong with them."""

from kommissorium.core.documents.sheets.cell_values import CellRefused, as_day, as_number, as_yes_no
from kommissorium.core.documents.sheets.reader import (
    CellValue,
    SheetRead,
    SheetRefused,
    SheetRow,
    read_sheet,
)

__all__ = [
    "CellRefused",
    "CellValue",
    "SheetRead",
    "SheetRefused",
    "SheetRow",
    "as_day",
    "as_number",
    "as_yes_no",
    "read_sheet",
]
