"""Count how complete the registers were on a day gone by, from what is dated."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Case, Value, When
from django.utils import timezone

from kommissorium.assets.figures import (
    NUMBER_OF,
    assembled,
    figures_on,
    waivers_decided_until,
)
from kommissorium.assets.models import (
    WANTED_ROLES,
    Asset,
    AssetDocument,
    Completeness,
    Kind,
    Ownership,
    Relation,
    Required,
    Role,
    Statement,
    needs_data_owner,
    unclassified,
)
from kommissorium.measures.days import year_before

type Span = tuple[date, date]  # first and last day


@dataclass(slots=True)
class Demanded:
    """A document an asset must have: since when it needs none, and the documents it had."""

    waived: datetime | None
    documents: list[tuple[Span, date]] = field(default_factory=list)

    def state_on(self, day: date) -> str:
        """Return "waived", "current", "expired", or "" for one that is missing."""
        if self.waived and timezone.localdate(self.waived) <= day:
            return "waived"
        there = [until for (first, last), until in self.documents if first <= day <= last]
        if not there:
            return ""
        return "current" if there[-1] >= day else "expired"


@dataclass(slots=True)
class Owned:
    """The role of an owner in an asset, with the days on which they confirmed it."""

    span: Span
    person: int
    confirmed: list[date]

    def is_confirmed_on(self, day: date) -> bool:
        return any(year_before(day) <= one <= day for one in self.confirmed)


@dataclass(slots=True)
class Kept:
    """The past of an asset. `owners` are the spans of the role that makes it owned, with who had it
    and the days on which they confirmed it.

    `data_owners` are those of its data owner, and `stored` the data sets stored in it.
    """

    kind: Kind
    area: int | None
    span: Span
    is_unclassified: bool
    needs_data_owner: bool
    owners: list[Owned] = field(default_factory=list)
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
    classifications and what is stored where are those of now. Ten queries.
    """
    decided, alike = waivers_decided_until(day), Counter[tuple[int, date]]()
    numbers: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    people: defaultdict[int | None, set[int]] = defaultdict(set)
    for asset in _kept().values():
        if asset.stands_on(day):
            _count(asset, day, numbers[asset.area], decided)
            people[asset.area] |= {who for span, who in asset.roles if _holds(span, day)}
            alike.update(
                (one.person, one.span[0])
                for one in asset.owners
                if _holds(one.span, day) and not one.is_confirmed_on(day)
            )
    return assembled(day, numbers, people, max(alike.values(), default=0))


def _count(asset: Kept, day: date, numbers: Counter[str], decided: datetime) -> None:
    name = NUMBER_OF[asset.kind]
    numbers[name] += 1
    held = [one for one in asset.owners if _holds(one.span, day)]
    numbers[f"{name}_owned"] += bool(held)
    numbers["confirmed"] += any(one.is_confirmed_on(day) for one in held)
    numbers["unclassified"] += asset.is_unclassified
    if asset.needs_data_owner:
        numbers["data_systems"] += 1
        numbers["data_systems_owned"] += asset.has_data_owner(day)
    numbers["required"] += len(asset.demanded)
    for demanded in asset.demanded:
        if state := demanded.state_on(day):
            numbers[state] += 1
        if state == "waived" and demanded.waived and demanded.waived <= decided:
            numbers["waived_decided"] += 1


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
    said = Statement.objects.filter(answer__in=("correct", "change")).order_by()
    days: defaultdict[tuple[int, str, int], list[date]] = defaultdict(list)
    for key, role, who, at in said.values_list("asset", "role", "asked__person", "answered_at"):
        days[key, role, who].append(_day(at, date.max))
    rows = Ownership.objects.order_by()
    for key, role, who, first, last in rows.values_list(
        "asset", "role", "person", "from_date", "to_date"
    ):
        asset, span = kept[key], (first, last or date.max)
        asset.roles.append((span, who))
        if role in WANTED_ROLES[asset.kind]:
            asset.owners.append(Owned(span, who, days[key, role, who]))
        if role == Role.DATA_OWNER:
            asset.data_owners.append(span)


def _add_demanded(kept: dict[int, Kept]) -> None:
    demanded: dict[tuple[int, int], Demanded] = {}
    for key, kind, waived in Required.objects.values_list("asset", "type", "waived_at"):
        demanded[key, kind] = Demanded(waived)
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
