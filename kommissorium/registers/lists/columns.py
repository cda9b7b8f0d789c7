"""The columns of a list and the table of its rows, which can be chosen to be changed together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, Final, Literal
from urllib.parse import urlencode

from django.db import models
from django.db.models import Model
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.documents.excel import Kind, Value
from kommissorium.core.templatetags.ui import badge
from kommissorium.core.ui.localised import day, kroner
from kommissorium.registers.lists.bulk import Bulk
from kommissorium.registers.lists.ordering import Order

SHOWN: Final = 140  # characters of a long text in the list
KINDS: Final[tuple[tuple[type[models.Field[Any, Any]], Kind], ...]] = (
    (models.DateTimeField, "moment"),
    (models.DateField, "date"),
    (models.IntegerField, "number"),
)
# To be chosen, only in the workbook of everything, or in every workbook and never on the page.
type Place = Literal["choice", "full", "file"]
type Reader = Callable[[Any, Any], Any]  # of a row and its ListPage
type Words = Iterable[tuple[Any, str | Promise]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list.

    `value` is what a workbook takes: an attribute of the row ("owner.name", empty where there is
    no owner), or what reads it of row and page; left out, it is the attribute called `code`.
    `choices` give the words of such a value. `cell` draws it on the page where the words alone
    do not do, and `tone` is the attribute that colours them as a badge; `missing` is the warning that stands there where there is no value. `related` and
    `many` are the rows to fetch with each row, one and several.
    """

    code: str
    label: str | Promise
    value: str | Reader = ""
    choices: Words = ()
    order: Order | None = None
    kind: Kind = "text"
    cell: Callable[[Any, Any], str] | None = None
    tone: str = ""
    missing: str | Promise = ""
    place: Place = "choice"
    in_full: bool = True  # no: other columns of the workbook of everything say it in parts
    related: tuple[str, ...] = ()
    many: tuple[str, ...] = ()
    css_class: str = ""

    @property
    def sorts(self) -> bool:
        return self.order is not None

    def reader(self) -> Reader:
        """Return what reads the value of a row, choices not yet in words."""
        if callable(self.value):
            return self.value
        get = attribute(self.value or self.code)
        return lambda row, _page: get(row)

    def worded(self, found: Value) -> str:
        """Return a value in the words of the page; a long text is cut."""
        if isinstance(found, date):
            return day(found)
        if self.kind == "kroner" and isinstance(found, int):
            return kroner(found)
        text = "" if found is None else str(found)
        return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def attribute(path: str) -> Callable[[Any], Any]:
    """Return what reads an attribute of a row, or of what the row has; None where it has not."""
    if "." not in path:
        return attrgetter(path)
    first, rest = path.split(".", 1)
    one, other = attrgetter(first), attrgetter(rest)
    return lambda row: None if (found := one(row)) is None else other(found)


def column(code: str, label: str | Promise, **more: Any) -> Column:
    """Return a column."""
    return Column(code=code, label=label, **more)


def field_column(model: type[models.Model], name: str, **more: Any) -> Column:
    """Return the column of a field: its name with a capital, its choices, its kind."""
    field: Any = model._meta.get_field(name)  # noqa: SLF001
    choices = tuple(getattr(field, "flatchoices", None) or ())
    of_kind = (kind for cls, kind in KINDS if isinstance(field, cls) and not choices)
    found = Column(
        code=name,
        label=capfirst(field.verbose_name),
        choices=choices,
        kind=next(of_kind, "text"),
    )
    return replace(found, **more)


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


# A box that chooses a row, before its name: of its key, whether it is ticked, words, and the name.
CHOICE: Final = (
    '<div class="row-choice"><span class="form-group-checkbox"><input class="form-checkbox" type="checkbox"'
    ' name="one" id="one-{0}" value="{0}"{1}><label for="one-{0}"><span class="sr-only">{2}</span>'
    "</label></span><div>{3}</div></div>"
)
CHANGE: Final = (  # of an address, a word, a column and a row
    ' <a class="cell-change" href="{}">{}<span class="sr-only"> {}, {}</span></a>'
)
CHECKED: Final = {True: mark_safe(" checked"), False: ""}


class ChosenFrom[Row: Model](Table[Row]):
    """A table of one person, laid out as an address asks; without `bulk` nothing is chosen."""

    bulk: ClassVar[Bulk[Any] | None] = None  # what can be changed of many of its rows at once
    person: Person
    asked: QueryDict

    @classmethod
    def url(cls, query: str = "") -> str:
        """Return the address of the table that a question asks for."""
        raise NotImplementedError

    @cached_property
    def chooses(self) -> bool:
        """Return whether rows can be chosen, to be changed together."""
        return self.bulk is not None and self.bulk.offered_to(self.person)

    def named_cell(self, row: Row, name: str) -> str:
        if not self.chooses:
            return name
        words = _("Choose %(name)s") % {"name": row}
        return format_html(CHOICE, row.pk, CHECKED[self.all_chosen], words, mark_safe(name))

    def edit_url(self, row: Row, column: Column) -> str:
        """Return where a person changes just what a row says in a column; "" where they cannot."""
        return ""

    @property
    def edits_cells(self) -> bool:
        """Return whether each cell that can be changed leads to the form that does so."""
        return self.chooses and bool(self.asked.get("change"))

    def after_cell(self, row: Row, column: Column) -> str:
        if not self.edits_cells or not (url := self.edit_url(row, column)):
            return ""
        back = f"{self.url(self.asked.urlencode())}#one-{row.pk}"  # the keyboard goes on there
        address = f"{url}?{urlencode({'back': back})}"
        return format_html(CHANGE, address, _("Edit"), column.label, row)

    @property
    def all_chosen(self) -> bool:
        """Return whether all rows of the page are chosen to begin with."""
        return self.asked.get("chosen") == "page"
