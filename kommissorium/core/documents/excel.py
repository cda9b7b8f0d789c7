"""Writes Excel workbooks; each cell has its type, so that typed text is never a formula.

openpyxl takes 15 MB of memory, so it is loaded when the first workbook is written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from math import isfinite
from typing import IO, TYPE_CHECKING, Literal

from django.utils import timezone
from django.utils.functional import Promise

from kommissorium.core.richtext import one_line, printable
from kommissorium.core.richtext.allowed_characters import safe_address

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

type Kind = Literal["text", "number", "date", "moment", "kroner", "link"]
type Value = str | Promise | int | float | Decimal | date | None

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAY = "dd-mm-yyyy"
MOMENT = "dd-mm-yyyy hh:mm"
FORMATS: dict[Kind, str] = {"date": DAY, "moment": MOMENT, "kroner": '#,##0 "kr."'}
FIRST_YEAR = 1901  # Excel's calendar begins in 1900, with a leap day that never was

# What Excel can hold; a file that has more is "repaired" by leaving out.
MOST_TITLE = 31
MOST_TEXT = 32_767
MOST_ROWS = 1_048_576
MOST_LINKS = 65_530
MOST_DIGITS = 15

A4 = 9  # paper, as Excel numbers it

# Widths in characters, as Excel has them. The arrow of the filter takes some room.
SAMPLE = 200
NARROWEST, WIDEST = 9, 60
AIR, ARROW = 2, 4
WIDTHS: dict[Kind, int] = {"date": 12, "moment": 17, "link": 40}
UNIT = len(" kr.") + AIR

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]+")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\n")
# Excel reads "_x0041_" as the letter A, unless its first sign is written in that manner too.
_CODED_LETTER = re.compile(r"_(?=x[0-9a-fA-F]{4}_)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `width` is in characters; None lets the content decide.

    In text and link columns every value is written as text. Number and kroner columns take
    numbers, date and moment columns take dates, and both take text in place of one. A link is a
    complete http, https or mailto address.
    """

    heading: str | Promise
    width: int | None = None
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of rows, each with one value a column. The rows are read once, one by one."""

    title: str | Promise
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def workbook(
    sheets: Sequence[Sheet], *, title: str | Promise, author: str | Promise, language: str
) -> bytes:
    """Return the sheets as an .xlsx file (write_workbook); for short ones."""
    out = io.BytesIO()
    write_workbook(out, sheets, title=title, author=author, language=language)
    return out.getvalue()


def write_workbook(
    out: IO[bytes],
    sheets: Sequence[Sheet],
    *,
    title: str | Promise,
    author: str | Promise,
    language: str,
) -> None:
    """Write the sheets as an .xlsx file: heading row bold, frozen and with filters.

    Rows go to disk as they come, so that the number of rows hardly shows in memory. Aware
    moments are written in the municipality's zone. Raises ValueError for a row that has more or
    fewer values than there are columns, or for more rows than Excel has; TypeError for a value
    that its column does not take.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = one_line(str(title)), one_line(str(author))
    book.properties.language = language
    for sheet, name in zip(sheets, sheet_titles(s.title for s in sheets), strict=True):
        _Writer(book, sheet, name).write()
    book.save(out)


def sheet_titles(titles: Iterable[str | Promise]) -> list[str]:
    """Return titles that Excel accepts and that differ, letter case aside, in order."""
    taken = {"history"}  # Excel keeps this name for itself
    return [_untaken(_accepted(str(title)), taken) for title in titles]


def headings(columns: Iterable[Column]) -> list[str]:
    """Return the names of the columns; they differ, letter case aside, as Power Query asks.

    Our own words do already; columns named after what people wrote may not.
    """
    taken: set[str] = set()
    return [_untaken(_text(str(one.heading)), taken, MOST_TEXT) for one in columns]


def _accepted(title: str) -> str:
    return _NOT_IN_TITLES.sub("-", one_line(title)).strip("' ") or "-"


def _untaken(title: str, taken: set[str], most: int = MOST_TITLE) -> str:
    number, found = 1, _cut(title, most).rstrip("' ")
    while found.casefold() in taken:
        number += 1
        mark = f" ({number})"
        found = _cut(title, most - len(mark)).rstrip("' ") + mark
    taken.add(found.casefold())
    return found


def _cut(text: str, most: int) -> str:
    """Return at most this many of the text's characters, as Excel counts: UTF-16 units."""
    if len(text) * 2 <= most:
        return text
    units = text.encode("utf-16-le")[: most * 2]
    return units.decode("utf-16-le", errors="ignore")


class _Writer:
    """Writes one sheet. The cells of a row are filled anew for the next one."""

    def __init__(self, book: Workbook, sheet: Sheet, name: str) -> None:
        self._sheet = sheet
        self._page: Worksheet = book.create_sheet(name)
        self._links = 0

    def write(self) -> None:
        rows = iter(self._sheet.rows)
        first = list(islice(rows, SAMPLE))
        self._lay_out(first)
        columns = self._sheet.columns
        self._page.append([self._heading(text) for text in headings(columns)])
        # A style cannot change once it was written, so there is a second cell for quoted text.
        pairs = [(self._cell(c.kind), self._cell(c.kind, quoted=True)) for c in columns]
        count = 1
        for count, row in enumerate(chain(first, rows), start=2):
            if count > MOST_ROWS:
                message = f"a sheet of Excel has no more than {MOST_ROWS} rows"
                raise ValueError(message)
            filled = zip(columns, pairs, row, strict=True)
            self._page.append([self._filled(c.kind, pair, value) for c, pair, value in filled])
        self._page.auto_filter.ref = self._extent(count)

    def _lay_out(self, first: Sequence[Sequence[Value]]) -> None:
        """Write what Excel wants before the first row: widths, frozen headings, print settings."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.properties import PageSetupProperties

        page = self._page
        columns = self._sheet.columns
        contents = list(zip(*first, strict=True)) if first else [()] * len(columns)
        for number, (column, values) in enumerate(zip(columns, contents, strict=True), start=1):
            width = column.width or _width(column, values)
            page.column_dimensions[get_column_letter(number)].width = width
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = A4
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def _extent(self, rows: int) -> str | None:
        from openpyxl.utils import get_column_letter

        columns = len(self._sheet.columns)
        return f"A1:{get_column_letter(columns)}{rows}" if columns else None

    def _heading(self, text: str) -> Cell:
        from openpyxl.styles import Font, PatternFill

        cell = self._cell("text")
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E6E6E6")
        cell.value, cell.data_type = text, "s"
        return cell

    def _cell(self, kind: Kind, *, quoted: bool = False) -> Cell:
        """Return a cell of a column; a quoted one stays text when somebody edits it."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        cell = WriteOnlyCell(self._page)
        cell.alignment = Alignment(vertical="top", wrap_text=kind in {"text", "link"})
        cell.number_format = FORMATS.get(kind, "General")
        cell.quotePrefix = quoted
        if kind == "link":
            cell.font = Font(color="0059B3", underline="single")
        return cell

    def _filled(self, kind: Kind, pair: tuple[Cell, Cell], value: Value) -> Cell | None:
        kept = _kept(kind, value)
        if kept is None or kept == "":  # nothing is written of it, not even a style
            return None
        text = kept if isinstance(kept, str) else ""
        cell = pair[text.startswith(_BEGINS_A_FORMULA)]
        cell.value = kept
        if isinstance(kept, str):
            cell.data_type = "s"
        if kind == "link":
            self._lead(cell, text)
        return cell

    def _lead(self, cell: Cell, address: str) -> None:
        from openpyxl.worksheet.hyperlink import Hyperlink

        target = safe_address(address) if self._links < MOST_LINKS else ""
        self._links += bool(target)
        cell.hyperlink = Hyperlink(ref="A1", target=target) if target else None


def _kept(kind: Kind, value: Value) -> str | float | Decimal | date | None:
    """Return the value as a cell keeps it: text where Excel would show another one."""
    if value is None:
        return None
    if kind in {"text", "link"} or isinstance(value, str | Promise):
        return _text(str(value))
    is_date = isinstance(value, date)
    if isinstance(value, bool) or is_date != (kind in {"date", "moment"}):
        message = f"a column of kind {kind} takes no {type(value).__name__}"
        raise TypeError(message)
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    number = Decimal(value)
    is_exact = number.is_finite() and len(number.as_tuple().digits) <= MOST_DIGITS
    return value if is_exact else str(value)


def _day(value: date) -> date | str:
    if value.year < FIRST_YEAR:
        return f"{value.day:02}-{value.month:02}-{value.year:04}"
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value


def _text(text: str) -> str:
    return _cut(_CODED_LETTER.sub("_x005F_", printable(text)), MOST_TEXT)


def _width(column: Column, values: Sequence[Value]) -> int:
    """Return a width that holds the heading and the longest line, within reason."""
    heading = len(str(column.heading)) + ARROW
    if column.kind in WIDTHS:
        return max(heading, WIDTHS[column.kind])
    lines = chain.from_iterable(_shown(value).split("\n") for value in values)
    longest = max(map(len, lines), default=0) + (UNIT if column.kind == "kroner" else AIR)
    return min(max(heading, longest, NARROWEST), WIDEST)


def _shown(value: Value) -> str:
    if isinstance(value, int | float | Decimal):
        return f"{value:,}"
    return "" if value is None else str(value)
