"""A list of a register: declared by its columns and filters, asked for by an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet
from django.db.models.expressions import Combinable, OrderBy
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.ui.forms import FEW
from kommissorium.core.ui.localised import number
from kommissorium.core.ui.navigation import PER_PAGE, Crumb
from kommissorium.registers.lists.columns import ChosenFrom, Column
from kommissorium.registers.lists.filters import Filter, Wish
from kommissorium.registers.lists.ordering import turned

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Tabs:
    """A field that parts the list: the words of its values, "" for all of them."""

    field: str
    words: Mapping[str, str | Promise]


class ListPage[Row: Model](ChosenFrom[Row]):
    """A list, for one person, narrowed and sorted and laid out as an address asks.

    What is declared stands on the class and holds for everybody; what is known only when the
    list is asked for (today, the person, words of the database) stands on the instance, which
    conditions and cells get as `page`. The first column names the row and leads to it.
    """

    code: ClassVar[str]  # as lists that people keep name it; the name of its address
    title: ClassVar[str | Promise]
    # How many it shows, in words: a form for one and for several by "value", said as %(number)s.
    counted: ClassVar[StrPromise]
    columns_label: ClassVar[str | Promise] = gettext_lazy("Columns of the list, beside the name")
    file_name: ClassVar[str | Promise]
    full_label: ClassVar[str | Promise] = gettext_lazy("Spreadsheet with every column")
    template: ClassVar[str] = "registers/list.html"
    past_template: ClassVar[str] = ""  # of the list as it was on a day; "": it tells of today alone
    css_class: ClassVar[str] = "table-list"
    model: ClassVar[type[Model]]
    usual: ClassVar[tuple[str, ...]]  # the columns shown unless others are chosen
    filters: ClassVar[tuple[Filter, ...]] = ()
    default_sort: ClassVar[str]  # the column it is sorted by unless asked, "-" for descending
    order: ClassVar[tuple[str, ...]]  # that order in full
    ties: ClassVar[tuple[str, ...]] = ("pk",)  # the order of rows that are alike
    deferred: ClassVar[tuple[str, ...]] = ()  # fields that no column reads
    related: ClassVar[tuple[str, ...]] = ()  # rows to fetch with each row
    tabs: ClassVar[Tabs | None] = None
    unfolds: ClassVar[bool] = True  # no: what is asked for out of sight is told above the list

    def __init__(self, person: Person, asked: QueryDict | None = None) -> None:
        super().__init__()
        self.person, self.asked = person, asked if asked is not None else QueryDict()
        self.today = timezone.localdate()

    # What a list says of itself

    def rows(self) -> QuerySet[Row]:
        """Return all that the person may read. Raises Http404 for whoever may not know the list."""
        raise NotImplementedError

    def breadcrumbs(self) -> list[Crumb]:
        """Return the path to the page."""
        return []

    def context(self) -> dict[str, Any]:
        """Return what the template needs beside the list."""
        return {}

    def past(self, day: date) -> dict[str, Any]:
        """Return what the template of a past day needs. Raises Http404 where it is hidden."""
        raise NotImplementedError

    # What is asked for

    @cached_property
    def wishes(self) -> dict[str, Wish]:
        """Return what the address wishes, by the filter's code."""
        found = {}
        for one in self.filters:
            wish = one.clean(self.asked.get(one.code, "").strip(), self)
            found[one.code] = Wish(one, wish, self)
        return found

    def value(self, code: str) -> Any:
        """Return what is wished of a filter; "" for nothing or nonsense."""
        return self.wishes[code].value

    @property
    def narrows(self) -> bool:
        """Return whether the list is narrowed to anything but a tab."""
        return any(wish.value and not wish.filter.is_modifier for wish in self.wishes.values())

    @cached_property
    def tab(self) -> str:
        wish = self.asked.get(self.tabs.field, "") if self.tabs else ""
        return wish if self.tabs and wish in self.tabs.words else ""

    def narrow(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Return those of the rows that fit what is wished for, of every tab."""
        for wish in self.wishes.values():
            if wish.value and not wish.filter.is_modifier:
                rows = rows.filter(wish.filter.condition(wish.value, self))
        return rows

    # The rows

    @cached_property
    def found(self) -> QuerySet[Row]:
        return self.narrow(self.rows())

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return how many fit, by their tab (one query)."""
        found = self.found.order_by()
        if self.tabs is None:
            return {"": found.count()}
        return dict(found.values_list(self.tabs.field).annotate(number=Count("pk")))

    @property
    def total(self) -> int:
        """Return how many fit, of every tab."""
        return sum(self.numbers.values())

    @property
    def number(self) -> int:
        """Return how many the list shows, on all of its pages."""
        return self.numbers.get(self.tab, 0) if self.tab else self.total

    @property
    def number_in_words(self) -> str:
        """Return how many the list shows, with what they are called."""
        return str(self.counted % {"value": self.number, "number": number(self.number)})

    @cached_property
    def searches_first(self) -> bool:
        """Return whether its search stands above the rows: it is in use, or not for few rows."""
        return not 0 < self.total <= FEW or any(wish.value for wish in self.wishes.values())

    @cached_property
    def is_empty(self) -> bool:
        """Return whether there is nothing the person may read (asked where nothing was found)."""
        return not self.total and not self.rows().exists()

    def ordered(self) -> QuerySet[Row]:
        """Return what the list shows in the order wished for, its own order for nonsense."""
        rows = (
            self.found.filter(**{self.tabs.field: self.tab})
            if self.tabs and self.tab
            else self.found
        )
        wish = self.asked.get("sort", "")
        wished = (one for one in self.columns if one.order and one.code == wish.removeprefix("-"))
        column = next(wished, None)
        if column is None or column.order is None or wish == self.default_sort:
            return rows.order_by(*map(self._lacking_last, self.order))
        is_key = isinstance(column.order, str | Combinable)
        key: Any = column.order if is_key else cast("Callable[[Any], Any]", column.order)(self)
        order = turned(key, may_lack=self._may_lack(key), descending=wish.startswith("-"))
        return rows.order_by(order, *self.ties)

    def _lacking_last(self, key: str) -> str | OrderBy:
        """Return a key of the list's own order, by which what is lacking comes last."""
        name = key.removeprefix("-")
        if name in {key, "pk"} or not self._may_lack(name):
            return key
        return turned(name, may_lack=True, descending=True)

    def _may_lack(self, key: str | Combinable) -> bool:
        if not isinstance(key, str) or "__" in key:
            return True
        return bool(getattr(self.model._meta.get_field(key), "null", True))  # noqa: SLF001

    def fetched(self, rows: QuerySet[Row], columns: Iterable[Column]) -> QuerySet[Row]:
        """Return the rows with what their columns are read from."""
        columns = list(columns)
        related = [*self.related, *(name for one in columns for name in one.related)]
        many = [name for one in columns for name in one.many]
        unread = set(self.deferred) - {one.code for one in columns}
        rows = rows.defer(*unread).prefetch_related(*dict.fromkeys(many))
        return rows.select_related(*related) if related else rows

    @cached_property
    def page(self) -> Page[Row]:
        """Return the page wished for: the first for nonsense, the last for too high."""
        paginator = Paginator(self.fetched(self.ordered(), self.shown), PER_PAGE)
        paginator.count = self.number  # known already: nothing is counted twice
        return paginator.get_page(self.asked.get("page"))

    # The columns

    @property
    def offered(self) -> list[Column]:
        """Return the columns one can choose among; the first of all always stands there."""
        return [one for one in self.columns[1:] if one.place == "choice"]

    @cached_property
    def shown(self) -> list[Column]:
        """Return the columns wished for, each wish one or several between commas, in our order.

        Nonsense and no wish give the usual ones, without that of the tabs where one is chosen.
        """
        wished = {one for wish in self.asked.getlist("columns") for one in wish.split(",")}
        same = self.tabs.field if self.tabs and self.tab else ""
        chosen = [one for one in self.offered if one.code in wished]
        return chosen or self.named(code for code in self.usual if code != same)

    @property
    def chosen_alone(self) -> bool:
        return "columns" in self.asked

    @property
    def table_class(self) -> str:
        return f"{self.css_class} table-brief" if self.on_phone else self.css_class

    @property
    def headings(self) -> list[Column]:
        """Return the columns of the page, the first one included."""
        return [self.columns[0], *self.shown]

    def in_file(self, *, everything: bool) -> list[Column]:
        """Return the columns of a workbook, the first one included."""
        whole = [one for one in self.columns[1:] if one.in_full and one.place != "file"]
        always = [one for one in self.columns if one.place == "file"]
        return [self.columns[0], *(whole if everything else self.shown), *always]

    # What the template shows of the wishes

    def _drawn_as(self, *controls: str, folded: bool) -> list[Wish]:
        found = self.wishes.values()
        return [w for w in found if w.filter.control in controls and w.filter.is_folded == folded]

    @property
    def plain(self) -> list[Wish]:
        return self._drawn_as("search", "select", "text", folded=False)

    @property
    def folded(self) -> list[Wish]:
        return self._drawn_as("select", "text", folded=True)

    @property
    def ticks(self) -> list[Wish]:
        return self._drawn_as("tick", folded=True)

    @property
    def hidden(self) -> list[Wish]:
        return [wish for wish in self._drawn_as("hidden", folded=True) if wish.value]

    @property
    def told(self) -> list[str]:
        """Return what of the folded wishes is asked for, in words."""
        return [wish.told for wish in [*self.folded, *self.ticks] if wish.value]

    @property
    def tab_links(self) -> list[tuple[str, str | Promise, int, str]]:
        """Return the tabs: their value, its words, how many there are, and the address."""
        if self.tabs is None:
            return []
        links, number = [], {"": self.total, **self.numbers}
        for value, word in self.tabs.words.items():
            query = self.asked.copy()
            query.pop("page", None)
            query.pop("chosen", None)
            query.pop(self.tabs.field, None)
            if value:
                query[self.tabs.field] = value
            links.append((value, word, number.get(value, 0), f"?{query.urlencode()}"))
        return links

    @property
    def sheet_title(self) -> str:
        return str(self.tabs.words[self.tab] if self.tabs and self.tab else self.title)

    @classmethod
    def url(cls, query: str = "") -> str:
        """Return the address of the list that a question asks for."""
        return f"{reverse(cls.code)}?{query}" if query else reverse(cls.code)

    @classmethod
    def file_url(cls) -> str:
        return reverse(f"{cls.code}_file")
