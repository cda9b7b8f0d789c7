"""A table whose rows can be chosen, to be changed together, and whose cells lead to what does it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django.db.models import Model
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.registers.lists.bulk import Bulk
from kommissorium.registers.lists.columns import Column
from kommissorium.registers.lists.table import Table

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
