"""Count how complete the registers are as they stand: in all and by area."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from kommissorium.accounts.models import danish_order
from kommissorium.assets.models import (
    Area,
    Asset,
    Completeness,
    Kind,
    Ownership,
    Required,
    confirmed,
    has_data_owner,
    most_alike,
    needs_data_owner,
    owned,
    unclassified,
)
from kommissorium.core.evidence.models import Event
from kommissorium.measures.rules.asset_past import WAIVERS_DECIDED
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
    *("waived", "waived_decided", "confirmed", "alike"),
)
NEW: Final = dict.fromkeys(("waived", "waived_decided", "confirmed", "alike"), 0)

LONG_AGO: Final = datetime.min.replace(year=1000, tzinfo=UTC)

type Numbers = Mapping[int | None, Counter[str]]  # by the key of an area; None has no area
type People = Mapping[int | None, set[int]]


def figures_on(day: date) -> list[Completeness]:
    """Return unsaved rows: the whole, each area in Danish order, then assets without an area.

    Exact for today. For a day gone by, assets and owners are those of that day by their dates,
    while areas, demands and documents are those of now. Eight queries.
    """
    numbers: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for area, kind, count, with_owner, has_confirmed, *more in _assets(day):
        numbers[area][NUMBER_OF[Kind(kind)]] = count
        numbers[area][f"{NUMBER_OF[Kind(kind)]}_owned"] = with_owner
        numbers[area]["confirmed"] += has_confirmed
        numbers[area].update(dict(zip(OF_DATA, more, strict=True)))
    for area, *counted in _required(day):
        numbers[area].update(dict(zip(OF_DOCUMENTS, counted, strict=True)))
    people = defaultdict(set)
    for area, person in _owners(day):
        people[area].add(person)
    return assembled(day, numbers, people, most_alike(day))


def assembled(day: date, numbers: Numbers, people: People, alike: int) -> list[Completeness]:
    """Return the rows of the day in order; an area that was closed and held nothing has none."""
    readers = readers_on(day)

    def row(key: int | None) -> dict[str, int]:
        owners = people.get(key, set())
        read = len(owners & readers)
        return {**NEW, **numbers.get(key, {}), "owners": len(owners), "owners_read": read}

    everybody: set[int] = set().union(*people.values())
    total: Counter[str] = sum(numbers.values(), Counter())
    read = len(everybody & readers)
    whole = {**NEW, **total, "owners": len(everybody), "owners_read": read, "alike": alike}
    rows = [Completeness(day=day, is_whole=True, **whole)]
    for area in areas_by_name():
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
        confirmed=Count("pk", filter=confirmed(day)),
        data_systems=Count("pk", filter=needs_data_owner()),
        data_systems_owned=Count("pk", filter=needs_data_owner() & has_data_owner(day)),
        unclassified=Count("pk", filter=unclassified()),
    )
    return counted.values_list("area", "kind", "all", "with_owner", "confirmed", *OF_DATA)


OF_DOCUMENTS: Final = ("required", "current", "expired", "waived", "waived_decided")


def _required(day: date) -> Iterable[tuple[int | None, int, int, int, int, int]]:
    rows = Required.objects.filter(asset__in=Asset.objects.on(day)).order_by()
    current, expired = Required.objects.current(day), Required.objects.expired(day)
    decided = Q(waived_at__lte=waivers_decided_until(day))
    counted = rows.values("asset__area").annotate(
        all=Count("pk"),
        current=Count("pk", filter=Q(pk__in=current.order_by().values("pk"))),
        expired=Count("pk", filter=Q(pk__in=expired.order_by().values("pk"))),
        waived=Count("pk", filter=Q(waived_at__isnull=False)),
        waived_decided=Count("pk", filter=decided),
    )
    return counted.values_list(
        "asset__area", "all", "current", "expired", "waived", "waived_decided"
    )


def waivers_decided_until(day: date) -> datetime:
    """Return until when what was waived had been decided on by a committee, as noted by the day."""
    told = Event.objects.filter(act=WAIVERS_DECIDED, at__date__lte=day).values_list(
        "facts", flat=True
    )
    found = (datetime.fromisoformat(json.loads(one)["until"]) for one in told)
    return max(found, default=LONG_AGO)


def _owners(day: date) -> Iterable[tuple[int | None, int]]:
    rows = Ownership.objects.on(day).filter(asset__in=Asset.objects.on(day))
    if day >= timezone.localdate():  # as owned() has it: when somebody left is not known
        rows = rows.filter(person__is_active=True)
    return rows.order_by().values_list("asset__area", "person").distinct()
