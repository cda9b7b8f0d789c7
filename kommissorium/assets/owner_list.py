"""The list of owners: who owns what, what has no owner, and the filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from kommissorium.accounts.models import Person, danish_order
from kommissorium.assets.forms.owners import NO_AREA, OwnerFilter
from kommissorium.assets.models import (
    WANTED_ROLES,
    Area,
    Asset,
    Ownership,
    RegisterSettings,
    Role,
    owned,
    without_data_owner,
)
from kommissorium.assets.models.areas import matches
from kommissorium.core.ui.navigation import sorted_by
from kommissorium.registers.status import day_asked

OWNERS, WITHOUT, WITHOUT_DATA = "all", "without", "without_data"
LEFT, MANY, THEIRS = "left", "many", "person"
VIEWS = (OWNERS, WITHOUT, WITHOUT_DATA, LEFT, MANY, THEIRS)
TOLD = (OWNERS, MANY, THEIRS)  # of a day gone by
MOST_DIGITS = 18
OWNER_ROLES = (Role.SYSTEM_OWNER, Role.DATA_OWNER, Role.ARCHIVE_OWNER)
ASSET_COLUMNS = {"name": "name_order", "kind": "kind", "area": "area_order"}
ROLE_COLUMNS = {
    "name": "asset__name_order",
    "area": "area_order",
    "role": "role",
    "owner": "owner_order",
    "since": "from_date",
}


@dataclass(frozen=True)
class Asked:
    """The request in the address: a list and its filters.

    `day` is a day gone by: who had which role then is told by its dates. What had no owner that
    day, and the people who had left, is kept in numbers alone.
    """

    view: str
    narrowed: OwnerFilter
    owner: Person | None = None  # whose roles are listed
    many: int = 0  # from how many assets an owner owns too many
    day: date | None = None

    @property
    def of_assets(self) -> bool:
        """Return whether the list is one of assets: those without an owner, or a data owner."""
        return self.view in {WITHOUT, WITHOUT_DATA}

    @property
    def of_roles(self) -> bool:
        """Return whether the list is one of people's roles in assets."""
        return self.view in {LEFT, THEIRS}

    def rows(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows of the list, sorted as the address says."""
        if self.of_assets:
            lacking = lacking_data_owner if self.view == WITHOUT_DATA else without_owner
            shown = lacking(self.narrowed).annotate(area_order=danish_order("area__name"))
            return sorted_by(shown.select_related("area"), request, ASSET_COLUMNS, "name")
        if self.of_roles:
            if self.owner:
                roles = theirs(self.narrowed, self.owner, self.day)
            else:
                roles = of_leavers(self.narrowed)
            return sorted_by(_shown(roles), request, ROLE_COLUMNS, "name")
        default = "-owned" if self.view == MANY else "name"
        found = owners(self.narrowed, self.many if self.view == MANY else 0, self.day)
        return _sorted(found, self, request, default)


def asked(request: HttpRequest) -> Asked:
    """Return the request in the address (two queries, three for one person's roles).

    Raises Refused for a day that is none, or that is to come.
    """
    day = day_asked(request)
    view = request.GET.get("view", OWNERS)
    owner = _owner(request.GET.get("person", "")) if view == THEIRS else None
    if view not in (TOLD if day else VIEWS) or (view == THEIRS and owner is None):
        view = OWNERS
    areas = list(Area.objects.in_use().order_by(danish_order("name"), "pk"))
    narrowed = OwnerFilter(request.GET, areas=areas)
    return Asked(view, narrowed, owner, RegisterSettings.current().many_assets, day)


def without_owner(narrowed: OwnerFilter) -> QuerySet[Asset]:
    """Return the assets that have nobody in the role they want, or somebody who has left.

    Each has `had_by`, the name of somebody who has left, or None.
    """
    roles = {role for wanted in WANTED_ROLES.values() for role in wanted}
    return _lacking(narrowed, ~owned(timezone.localdate()), roles)


def lacking_data_owner(narrowed: OwnerFilter) -> QuerySet[Asset]:
    """Return the systems that need a data owner and have none, as without_owner does."""
    return _lacking(narrowed, without_data_owner(timezone.localdate()), {Role.DATA_OWNER})


def _lacking(narrowed: OwnerFilter, lacks: Q, roles: Iterable[str]) -> QuerySet[Asset]:
    held = Ownership.objects.current().filter(asset=OuterRef("pk"), role__in=roles)
    named = held.filter(person__is_active=False).values("person__name")[:1]
    found = Asset.objects.in_register().filter(_narrows(narrowed, ""), lacks)
    for word in narrowed.value("q").split():
        found = found.filter(matches(word))
    return found.annotate(had_by=Subquery(named, output_field=CharField()))


def of_leavers(narrowed: OwnerFilter) -> QuerySet[Ownership]:
    """Return the roles that people who have left still have."""
    return _roles(narrowed).filter(person__is_active=False)


def theirs(narrowed: OwnerFilter, owner: Person, day: date | None = None) -> QuerySet[Ownership]:
    """Return a person's roles today, or on a past day."""
    return _roles(narrowed, day).filter(person=owner)


def owners(narrowed: OwnerFilter, least: int = 0, day: date | None = None) -> QuerySet[Any]:
    """Return the holders of roles, today or on a past day; with `least` only those who own as
    many assets.

    Whoever is merely a manager owns nothing.
    """
    roles = _held(narrowed, day)
    found: Any = Person.objects.filter(Exists(roles.filter(person=OuterRef("pk"))))
    if least:
        owned_by = roles.filter(role__in=OWNER_ROLES).order_by().values("person")
        many = owned_by.annotate(number=Count("asset", distinct=True)).filter(number__gte=least)
        found = found.filter(pk__in=many.values("person"))
    named: QuerySet[Any] = found.found_by(narrowed.value("q"))
    return named


def with_numbers(people: Iterable[Any], wish: Asked) -> list[Any]:
    """Return the people with the number of assets by role: `system_owner_count` … (one query).

    `owned_count` is the assets they are an owner of, each counted once.
    """
    listed = list(people)
    rows: Any = _held(wish.narrowed, wish.day).filter(person__in=listed).order_by().values("person")
    counted = {row["person"]: row for row in rows.annotate(**_NUMBERS)}
    for person in listed:
        for name in _NUMBERS:
            setattr(person, name, counted[person.pk][name])
    return listed


_NUMBERS: dict[str, Any] = {
    "owned_count": Count("asset", filter=Q(role__in=OWNER_ROLES), distinct=True),
    **{f"{role.value}_count": Count("pk", filter=Q(role=role)) for role in Role},
}


def _sorted(
    people: QuerySet[Any], asked_for: Asked, request: HttpRequest, default: str
) -> QuerySet[Any]:
    """Return the people in the order the address asks for: by name, or by a number of assets."""
    wish = (request.GET.get("sort") or default).removeprefix("-")
    columns = {"name": "name_order"}
    found = people.annotate(name_order=danish_order("name"))
    if f"{wish}_count" in _NUMBERS:
        roles = _held(asked_for.narrowed, asked_for.day).filter(person=OuterRef("pk"))
        number = _NUMBERS[f"{wish}_count"]
        rows = roles.order_by().values("person").annotate(number=number).values("number")
        columns[wish] = "number"
        found = found.annotate(number=Coalesce(Subquery(rows), 0))
    return sorted_by(found, request, columns, default)


def _roles(narrowed: OwnerFilter, day: date | None = None) -> QuerySet[Ownership]:
    found = _held(narrowed, day)
    for word in narrowed.value("q").split():
        people = Person.objects.found_by(word).values("pk")
        found = found.filter(
            Q(asset__in=Asset.objects.filter(matches(word))) | Q(person__in=people)
        )
    return found


def _held(narrowed: OwnerFilter, day: date | None) -> QuerySet[Ownership]:
    """Return people's roles, today or on the day, in the kind and the area wished for."""
    if day:
        there = Ownership.objects.on(day).filter(asset__in=Asset.objects.on(day))
    else:
        there = Ownership.objects.current().filter(asset__ended_on=None)
    return there.filter(_narrows(narrowed, "asset__"))


def _shown(roles: QuerySet[Ownership]) -> QuerySet[Ownership]:
    ordered = {
        "area_order": danish_order("asset__area__name"),
        "owner_order": danish_order("person__name"),
    }
    return roles.select_related("asset__area", "person").annotate(**ordered)


def _narrows(narrowed: OwnerFilter, prefix: str) -> Q:
    condition = Q()
    if kind := narrowed.value("kind"):
        condition &= Q(**{f"{prefix}kind": kind})
    if area := narrowed.value("area"):
        condition &= Q(**{f"{prefix}area": None if area == NO_AREA else int(area)})
    return condition


def _owner(key: str) -> Person | None:
    if not key.isdecimal() or len(key) > MOST_DIGITS:
        return None
    found: Person | None = Person.objects.filter(pk=int(key)).first()
    return found
