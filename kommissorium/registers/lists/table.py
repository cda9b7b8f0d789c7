"""A table of rows: its columns, and the cells of each row on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Final

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from kommissorium.core.documents.excel import Value
from kommissorium.core.templatetags.ui import badge
from kommissorium.registers.lists.columns import Column, attribute

EMPTY: Final = SafeString("–")


class Table[Row: Model]:
    """Rows and what columns say of them. The first column names the row and leads to it.

    Cells are drawn in Python: fifty rows of six columns take a template three times as long.
    """

    columns: ClassVar[tuple[Column, ...]]
    on_phone: ClassVar[tuple[str, ...]] = ()  # what a phone shows beside the name; () for all

    def __init__(self) -> None:
        self._badges: dict[tuple[str, str], SafeString] = {}

    @property
    def chosen_alone(self) -> bool:
        """Return whether somebody chose the columns: a phone shows those too."""
        return False

    def prepare(self, rows: Sequence[Row]) -> None:
        """Fetch for all of these rows what columns read that is not in them."""

    def named(self, codes: Iterable[str]) -> list[Column]:
        """Return the columns of these codes, in their order."""
        by_code = {one.code: one for one in self.columns}
        return [by_code[code] for code in codes]

    def reader(self, column: Column) -> Callable[[Row], Value]:
        """Return what reads a column of a row as a workbook takes it."""
        read, words = column.reader(), {value: str(word) for value, word in column.choices}
        if words:
            return lambda row: words.get(read(row, self), "")
        return lambda row: read(row, self)

    def drawn(self, rows: Sequence[Row], columns: Sequence[Column]) -> list[tuple[Row, SafeString]]:
        """Return the rows with their cells, each with the heading a narrow screen shows."""
        self.prepare(rows)
        name = self._inside(self.columns[0], named=True)
        cells = [(one, self._opening(one), self._inside(one)) for one in columns]
        return [
            (
                row,
                mark_safe(
                    f'<th scope="row">{self.named_cell(row, name(row))}</th>'
                    + "".join(
                        f"{opening}{inside(row)}{self.after_cell(row, one)}</div></td>"
                        for one, opening, inside in cells
                    )
                ),
            )
            for row in rows
        ]

    def named_cell(self, row: Row, name: str) -> str:
        """Return what stands in the cell that names a row."""
        return name

    def after_cell(self, row: Row, column: Column) -> str:
        """Return what stands after what a cell says."""
        return ""

    def _opening(self, column: Column) -> str:
        classes = [column.css_class] if column.css_class else []
        if self.on_phone and column.code not in self.on_phone and not self.chosen_alone:
            classes.append("wide-only")
        of_class = f' class="{" ".join(classes)}"' if classes else ""
        return f'<td data-label="{escape(column.label)}"{of_class}><div>'

    def _inside(self, column: Column, *, named: bool = False) -> Callable[[Row], str]:
        read, cell = self.reader(column), column.cell
        missing = self.badge(str(column.missing), "warning") if column.missing else EMPTY
        if column.tone:
            tone = attribute(column.tone)
            return lambda row: (
                self.badge(str(words), tone(row)) if (words := read(row)) else missing
            )
        if cell:
            return lambda row: conditional_escape(cell(row, self)) or missing
        if named:
            return lambda row: self.link(row, str(read(row)))
        return lambda row: escape(column.worded(read(row))) or missing

    def link(self, row: Model, words: str) -> SafeString:
        """Return a link to the page of a row."""
        address = row.get_absolute_url()  # type: ignore[attr-defined]
        return format_html('<a href="{}">{}</a>', address, words)

    def badge(self, words: str, tone: str) -> SafeString:
        """Return a state in words; one that comes again is not drawn anew."""
        if (words, tone) not in self._badges:
            drawn = render_to_string("ui/badge.html", badge(words, tone))
            self._badges[words, tone] = SafeString(drawn)
        return self._badges[words, tone]
