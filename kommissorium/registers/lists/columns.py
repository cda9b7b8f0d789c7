"""The columns of a list: what a row says in each, on the page and in a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any, Final, Literal

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst

from kommissorium.core.documents.excel import Kind, Value
from kommissorium.core.ui.localised import day, kroner
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
