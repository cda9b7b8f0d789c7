"""Count how complete the registers are, today and on a day gone by: in all and by area."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from kommissorium.accounts.models import danish_order
from kommissorium.assets.models import (
    WANTED_ROLES,
    Area,
    Asset,
    AssetDocument,
    Completeness,
    Kind,
    Ownership,
    Relation,
    Required,
    Role,
    has_data_owner,
    needs_data_owner,
    owned,
    unclassified,
)
from kommissorium.registers.links import OWNERS_WHO_READ

# How the row of a day calls the number of assets of a kind.
NUMBER_OF = {Kind.SYSTEM: "systems", Kind.DATA_SET: "data_sets", Kind.ARCHIVE: "archives"}

# What is counted of the data that assets hold.
OF_DATA: Final = ("data_systems", "data_systems_owned", "unclassified")

COMPLETENESS: Final = (  # what is kept of the whole every evening
    *NUMBER_OF.values(),
    *("systems_owned", "data_sets_owned", "archives_owned"),
    *OF_DATA,
    *("required", "current", "expired", "owners", "owners_read"),
)

type Numbers = Mapping[int | None, Counter[str]]  # by the key of an area; None has no area
type People = Mapping[int | None, set[int]]


def figures_on(day: date) -> list[Completeness]:
    """Return unsaved rows: the whole, each area in Danish order, then assets without an area.

    Exact for today. For a day gone by, assets and owners are those of that day by their dates,
    while areas, demands and documents are those of now. Six queries.
    """
    numbers: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for area, kind, count, with_owner, *more in _assets(day):
        numbers[area][NUMBER_OF[Kind(kind)]] = count
        numbers[area][f"{NUMBER_OF[Kind(kind)]}_owned"] = with_owner
        numbers[area].update(dict(zip(OF_DATA, more, strict=True)))
    for area, required, current, expired in _required(day):
        numbers[area].update(required=required, current=current, expired=expired)
    people = defaultdict(set)
    for area, person in _owners(day):
        people[area].add(person)
    return assembled(day, areas_by_name(), numbers, people, readers_on(day))


def assembled(
    day: date, areas: Iterable[Area], numbers: Numbers, people: People, readers: set[int]
) -> list[Completeness]:
    """Return the rows of the day in order; an area that was closed and held nothing has none."""

    def row(key: int | None) -> dict[str, int]:
        owners = people.get(key, set())
        return {**numbers.get(key, {}), "owners": len(owners), "owners_read": len(owners & readers)}

    everybody: set[int] = set().union(*people.values())
    total: Counter[str] = sum(numbers.values(), Counter())
    read = len(everybody & readers)
    whole = {**total, "owners": len(everybody), "owners_read": read}
    rows = [Completeness(day=day, is_whole=True, **whole)]
    for area in areas:
        is_open = area.closed_on is None or area.closed_on > day
        if is_open or numbers.get(area.pk):
            rows.append(Completeness(day=day, area=area, **row(area.pk)))
    if numbers.get(None):
        rows.append(Completeness(day=day, **row(None)))
    return rows


def areas_by_name() -> list[Area]:
    """Return all areas there are or have been, in Danish order."""
    return list(Area.objects.order_by(danish_order("name"), "pk"))


def readers_on(day: date) -> set[int]:
    """Return the keys of those who by the day had read what is laid down for owners."""
    return OWNERS_WHO_READ.ask()(day)


def _assets(day: date) -> Iterable[tuple[Any, ...]]:
    """Count by area and kind: all, those with their owner, and what OF_DATA names."""
    rows = Asset.objects.on(day).order_by().values("area", "kind")
    counted = rows.annotate(
        all=Count("pk"),
        with_owner=Count("pk", filter=owned(day)),
        data_systems=Count("pk", filter=needs_data_owner()),
        data_systems_owned=Count("pk", filter=needs_data_owner() & has_data_owner(day)),
        unclassified=Count("pk", filter=unclassified()),
    )
    return counted.values_list("area", "kind", "all", "with_owner", *OF_DATA)


def _required(day: date) -> Iterable[tuple[int | None, int, int, int]]:
    rows = Required.objects.filter(asset__in=Asset.objects.on(day)).order_by()
    current, expired = Required.objects.current(day), Required.objects.expired(day)
    counted = rows.values("asset__area").annotate(
        all=Count("pk"),
        current=Count("pk", filter=Q(pk__in=current.order_by().values("pk"))),
        expired=Count("pk", filter=Q(pk__in=expired.order_by().values("pk"))),
    )
    return counted.values_list("asset__area", "all", "current", "expired")


def _owners(day: date) -> Iterable[tuple[int | None, int]]:
    rows = Ownership.objects.on(day).filter(asset__in=Asset.objects.on(day))
    if day >= timezone.localdate():  # as owned() has it: when somebody left is not known
        rows = rows.filter(person__is_active=True)
    return rows.order_by().values_list("asset__area", "person").distinct()


type Span = tuple[date, date]  # first and last day


@dataclass(slots=True)
class Demanded:
    """A document an asset must have: since when it needs none, and the documents it had."""

    waived_on: date
    documents: list[tuple[Span, date]] = field(default_factory=list)

    def state_on(self, day: date) -> str:
        """Return "current", "expired", or "" for one that is missing."""
        if self.waived_on <= day:
            return "current"
        there = [until for (first, last), until in self.documents if first <= day <= last]
        if not there:
            return ""
        return "current" if there[-1] >= day else "expired"


@dataclass(slots=True)
class Kept:
    """The past of an asset. `owners` are the spans of the role that makes it owned.

    `data_owners` are those of its data owner, and `stored` the data sets stored in it.
    """

    kind: Kind
    area: int | None
    span: Span
    is_unclassified: bool
    needs_data_owner: bool
    owners: list[Span] = field(default_factory=list)
    data_owners: list[Span] = field(default_factory=list)
    stored: list[Kept] = field(default_factory=list)
    roles: list[tuple[Span, int]] = field(default_factory=list)
    demanded: list[Demanded] = field(default_factory=list)

    def stands_on(self, day: date) -> bool:
        """Return whether it was in the register on the day."""
        return self.span[0] <= day < self.span[1]

    def has_data_owner(self, day: date) -> bool:
        """Return whether it had a data owner, or a data set stored in it had one."""
        held = (self, *(one for one in self.stored if one.stands_on(day)))
        return any(_holds(span, day) for one in held for span in one.data_owners)


def completeness_on(day: date) -> list[Completeness]:
    """Return the rows of the day, unsaved: counted as it is today, or made from what is dated."""
    return figures_on(day) if day >= timezone.localdate() else past_figures_on(day)


def past_figures_on(day: date) -> list[Completeness]:
    """Return the rows of the day, unsaved, as figures_on does.

    Assets, owners, documents and waivers are those of the day by their dates; areas, demands,
    classifications and what is stored where are those of now. Eight queries.
    """
    numbers: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    people: defaultdict[int | None, set[int]] = defaultdict(set)
    for asset in _kept().values():
        if asset.stands_on(day):
            _count(asset, day, numbers[asset.area])
            people[asset.area] |= {who for span, who in asset.roles if _holds(span, day)}
    return assembled(day, areas_by_name(), numbers, people, readers_on(day))


def _count(asset: Kept, day: date, numbers: Counter[str]) -> None:
    name = NUMBER_OF[asset.kind]
    numbers[name] += 1
    numbers[f"{name}_owned"] += any(_holds(span, day) for span in asset.owners)
    numbers["unclassified"] += asset.is_unclassified
    if asset.needs_data_owner:
        numbers["data_systems"] += 1
        numbers["data_systems_owned"] += asset.has_data_owner(day)
    numbers["required"] += len(asset.demanded)
    for demanded in asset.demanded:
        if state := demanded.state_on(day):
            numbers[state] += 1


def _holds(span: Span, day: date) -> bool:
    return span[0] <= day <= span[1]


def _kept() -> dict[int, Kept]:
    rows = Asset.objects.order_by().annotate(
        bare=Case(When(unclassified(), then=Value(1)), default=Value(0)),
        needs=Case(When(needs_data_owner(), then=Value(1)), default=Value(0)),
    )
    kept = {
        key: Kept(Kind(kind), area, (first, last or date.max), bool(bare), bool(needs))
        for key, kind, area, first, last, bare, needs in rows.values_list(
            "pk", "kind", "area", "registered_on", "ended_on", "bare", "needs"
        )
    }
    stored = Relation.objects.filter(kind=Relation.Kind.STORED_IN, from_asset__kind=Kind.DATA_SET)
    for inner, outer in stored.order_by().values_list("from_asset", "to_asset"):
        kept[outer].stored.append(kept[inner])
    _add_owners(kept)
    _add_demanded(kept)
    return kept


def _add_owners(kept: dict[int, Kept]) -> None:
    rows = Ownership.objects.order_by()
    for key, role, who, first, last in rows.values_list(
        "asset", "role", "person", "from_date", "to_date"
    ):
        asset, span = kept[key], (first, last or date.max)
        asset.roles.append((span, who))
        if role in WANTED_ROLES[asset.kind]:
            asset.owners.append(span)
        if role == Role.DATA_OWNER:
            asset.data_owners.append(span)


def _add_demanded(kept: dict[int, Kept]) -> None:
    demanded: dict[tuple[int, int], Demanded] = {}
    for key, kind, waived in Required.objects.values_list("asset", "type", "waived_at"):
        demanded[key, kind] = Demanded(_day(waived, date.max))
        kept[key].demanded.append(demanded[key, kind])
    rows = AssetDocument.objects.order_by("added_at", "pk")
    for key, kind, added, removed, until in rows.values_list(
        "asset", "type", "added_at", "removed_at", "review_by"
    ):
        if one := demanded.get((key, kind)):
            last = _day(removed, date.max) - timedelta(days=bool(removed))
            span = (_day(added, date.min), last)
            one.documents.append((span, until or date.max))


def _day(moment: datetime | None, instead: date) -> date:
    return timezone.localdate(moment) if moment else instead
