"""Which assets the list shows, and in which order: on its page, as a workbook, as a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.http import HttpRequest
from django.utils import timezone

from kommissorium.accounts.models import LAST_LETTERS, Person, danish_order
from kommissorium.assets.forms.listing import ANY, NO_AREA, UNSET, AssetFilter
from kommissorium.assets.models import (
    Area,
    Asset,
    Criticality,
    Kind,
    Lifecycle,
    Ownership,
    PersonalData,
    Required,
    SavedFilter,
    Supplier,
    owned,
)
from kommissorium.assets.models.assets import AssetQuerySet
from kommissorium.assets.models.searching import says
from kommissorium.core.ui.listing import PER_PAGE

BY_NAME: Final = "name"
DANISH: Final = str.maketrans(LAST_LETTERS)
KEY_DIGITS: Final = 9  # a longer number is no key
FEW, MANY = 500, 1000  # assets that fit
# Wishes whose answer stands in the asset's row, or leads to few of them.
OF_THE_ROW: Final = (
    "q",
    "area",
    "criticality",
    "personal",
    "lifecycle",
    "supplier",
    "owner",
    "left",
)
# What the list never shows, and what it costs to fetch.
UNSHOWN: Final = ("search", "name_order", "contents", "access", "protection")


@dataclass(frozen=True)
class Listed:
    """What the address asks for: the assets of the chosen kind in order, and how many of each."""

    narrowed: AssetFilter
    assets: AssetQuerySet
    numbers: Mapping[str, int]  # by kind

    @property
    def kind(self) -> str:
        return self.narrowed.wish("kind")

    @property
    def total(self) -> int:
        """Return how many there are of every kind."""
        return sum(self.numbers.values())

    @property
    def number(self) -> int:
        """Return how many the list shows, on all of its pages."""
        return self.numbers.get(self.kind, 0) if self.kind else self.total

    def page(self, wish: str | None, *related: str) -> Page[Asset]:
        """Return the page wished for: the first for nonsense, the last for too high (one query).

        `related` are the rows to fetch with each asset.
        """
        shown = self.assets.defer(*UNSHOWN)
        paginator = Paginator(shown.select_related(*related) if related else shown, PER_PAGE)
        paginator.count = self.number  # known already: nothing is counted twice
        return paginator.get_page(wish)


def listed(request: HttpRequest, person: Person) -> Listed:
    """Return what the address asks for (two or three queries, one more for another page's key)."""
    narrowed = _filter_of(request, person)
    visible, today = Asset.objects.visible_to(person), timezone.localdate()
    found = narrow(visible, narrowed, today)
    sort, kind = request.GET.get("sort", ""), narrowed.wish("kind")
    is_search = narrowed.wish("q") and not (narrowed.wish("supplier") or narrowed.wish("owner"))
    few = _few(found) if is_search else None
    if few is not None:
        keys = [key for key, one in few if kind in ("", one)]
        assets = _ordered(Asset.objects.filter(pk__in=keys), sort, narrowed)
        return Listed(narrowed, assets, Counter(one for _key, one in few))
    counts = {one: Count("pk", filter=Q(kind=one)) for one in Kind.values}
    numbers: dict[str, int] = found.order_by().aggregate(**counts)
    if sum(numbers.values()) > MANY and sort.removeprefix("-") not in SORTS:
        found = narrow(visible, narrowed, today, is_in_order=True)
    of_kind = found.filter(kind=kind) if kind else found
    return Listed(narrowed, _ordered(of_kind, sort, narrowed), numbers)


def narrow(
    assets: AssetQuerySet, narrowed: AssetFilter, today: date, *, is_in_order: bool = False
) -> AssetQuerySet:
    """Return those of the assets that fit what was wished for, of whatever kind.

    `is_in_order` says that many will fit and are wanted by name: the database then follows the
    order until a page is full. Else it reads what few fit, wherever they are.
    """
    has_ended = bool(narrowed.wish("ended"))
    if is_in_order or not any(narrowed.wish(name) for name in OF_THE_ROW):
        found = assets.filter(ended_on__isnull=not has_ended)
    else:  # a value no index knows: SQLite would look up each row of the register by it
        found = assets.filter(IsNull(Coalesce("ended_on", "ended_on"), not has_ended))
    for word in narrowed.wish("q").split():
        found = found.filter(says(word) | Q(supplier__in=_suppliers(word)))
    found = _described(found, narrowed)
    if supplier := narrowed.wish("supplier"):
        key = key_of(supplier)
        found = (
            found.filter(supplier=key) if key else found.filter(supplier__in=_suppliers(supplier))
        )
    if owner := narrowed.wish("owner"):
        key, people = key_of(owner), Person.objects.found_by(owner).order_by()
        held = Ownership.objects.current().filter(person__in=[key] if key else people)
        found = found.filter(pk__in=held.order_by().values("asset"))
    return _looked_after(found, narrowed, today)


def _few(found: AssetQuerySet) -> list[tuple[int, str]] | None:
    """Return key and kind of what was found, in one reading of all; None for more than a few."""
    first = list(found.order_by().values_list("pk", "kind")[: FEW + 1])
    return first if len(first) <= FEW else None


def _described(found: AssetQuerySet, narrowed: AssetFilter) -> AssetQuerySet:
    """Narrow by what the assets are."""
    if area := narrowed.wish("area"):
        found = found.filter(area=None) if area == NO_AREA else found.filter(area=int(area))
    for name in ("criticality", "lifecycle"):
        if wish := narrowed.wish(name):
            found = found.filter(**{name: "" if wish == UNSET else wish})
    data = narrowed.wish("personal")
    if data == ANY:
        return found.exclude(personal_data__in=["", f",{PersonalData.NONE},"])
    if data == UNSET:
        return found.filter(personal_data="")
    return found.filter(personal_data__contains=f",{data},") if data else found


def _looked_after(found: AssetQuerySet, narrowed: AssetFilter, today: date) -> AssetQuerySet:
    """Narrow by how they are looked after."""
    if narrowed.wish("without_owner"):
        found = found.filter(~owned(today))
    if narrowed.wish("left"):
        held = Ownership.objects.current().filter(person__is_active=False).order_by()
        found = found.filter(pk__in=held.values("asset"))
    if narrowed.wish("missing"):
        found = found.filter(_has(Required.objects.missing()))
    if narrowed.wish("expired"):
        found = found.filter(_has(Required.objects.expired(today)))
    return found


def _has(required: QuerySet[Required]) -> Exists:
    return Exists(required.filter(asset=OuterRef("pk")).order_by())


def _filter_of(request: HttpRequest, person: Person) -> AssetFilter:
    narrowed = AssetFilter(request.GET, areas=in_danish_order(Area.objects.order_by()))
    keys = {name: key for name in ("supplier", "owner") if (key := key_of(narrowed.wish(name)))}
    if keys:
        visible = _named(person)
        names = [
            visible[name].filter(pk=key).order_by().values_list(Value(name), "name")
            for name, key in keys.items()
        ]
        for name, text in names[0].union(*names[1:]):
            narrowed.show(name, text)
    return narrowed


def in_danish_order[T: (Area, SavedFilter)](rows: Iterable[T]) -> list[T]:
    """Return a handful of rows by name as danish_order() sorts many."""
    return sorted(rows, key=lambda row: (row.name.lower().translate(DANISH), row.pk))


def _named(person: Person) -> dict[str, QuerySet[Any]]:
    """Return whose names `person` may learn by a key: suppliers, and owners of what they read."""
    held = Ownership.objects.current().filter(asset__in=Asset.objects.visible_to(person))
    return {
        "supplier": Supplier.objects.visible_to(person),
        "owner": Person.objects.filter(Exists(held.order_by().filter(person=OuterRef("pk")))),
    }


def key_of(wish: str) -> int:
    """Return the key of a row that is wished for; 0 where the wish is words."""
    is_key = wish.isascii() and wish.isdigit() and len(wish) <= KEY_DIGITS
    return int(wish) if is_key else 0


def _suppliers(words: str) -> QuerySet[Supplier]:
    """Return the suppliers in whose name every word stands."""
    found = Supplier.objects.all()
    for word in words.split():
        # SQLite folds the case of a to z alone.
        spellings = {word, word.lower(), word.upper(), word.capitalize()}
        named = Q()
        for spelling in sorted(spellings):
            named |= Q(name__icontains=spelling)
        found = found.filter(named)
    return found.order_by()


def _ordered(found: AssetQuerySet, wish: str, narrowed: AssetFilter) -> AssetQuerySet:
    """Return them in the order wished for, those alike by name; by name for nonsense."""
    column = wish.removeprefix("-")
    if column == BY_NAME and wish != column:
        return found.order_by("-name_order", "-pk")
    if column not in SORTS:
        return found.order_by("name_order", "pk")
    # The areas are few and in order already: to say the place of each is cheaper than to sort.
    by_place = column == "area" and narrowed.areas
    key: Any = _place("area", list(narrowed.areas)) if by_place else SORTS[column]
    order = key.desc(nulls_last=True) if wish != column else key.asc(nulls_last=True)
    return found.order_by(order, "name_order", "pk")


def _place(field: str, values: list[Any]) -> Combinable:
    """Return the place of a value among those listed, which is not that of its letters."""
    places = [When(**{field: one}, then=Value(place)) for place, one in enumerate(values)]
    return Case(*places, default=Value(None), output_field=IntegerField())


def _filled(values: list[str]) -> list[str]:
    return [value for value in values if value]


# What a column is sorted by; empty ones come last either way.
SORTS: Final[Mapping[str, Any]] = {
    "kind": _place("kind", Kind.values),
    "area": danish_order("area__name"),
    "criticality": _place("criticality", _filled(Criticality.values)),
    "lifecycle": _place("lifecycle", _filled(Lifecycle.values)),
    "supplier": danish_order("supplier__name"),
    "confidentiality": F("confidentiality"),
    "integrity": F("integrity"),
    "availability": F("availability"),
    "mtd": F("mtd"),
    "rto": F("rto"),
    "rpo": F("rpo"),
    "contract_ends": F("contract_ends"),
    "registered_on": F("registered_on"),
    "changed_at": F("changed_at"),
    "ended_on": F("ended_on"),
}
