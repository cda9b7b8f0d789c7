"""The rows of the list of assets, each with its owners, and lists narrowed and sorted by area."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import WANTED_ROLES, Area, Asset, Ownership, Required
from kommissorium.registers.lists.filters import Choice
from kommissorium.registers.lists.ordering import in_danish_order, place_of

NO_AREA: Final = "none"


class KnowsAreas:
    """A list that is narrowed by area: all of them are read once for a page."""

    @cached_property
    def areas(self) -> list[Area]:
        """Return all areas by name, the closed ones too (one query)."""
        return in_danish_order(Area.objects.order_by())

    @cached_property
    def area_names(self) -> dict[int | None, str]:
        """Return their names by key."""
        return {area.pk: area.name for area in self.areas}

    def area_order(self) -> str | Combinable:
        """Return the place of a row's area: cheaper than to sort by names, for they are few."""
        return place_of("area", list(self.area_names)) if self.areas else "area"


class AreaFilter(Choice):
    """One of the areas in use, or none of them; of KnowsAreas."""

    def __init__(
        self, condition: Callable[[str, Any], Q] | None = None, *, has_none: bool = True
    ) -> None:
        def offered(page: KnowsAreas) -> list[tuple[str, Any]]:
            named = [(str(area.pk), area.name) for area in page.areas if not area.closed_on]
            return [*named, (NO_AREA, _("No area"))] if has_none else named

        super().__init__("area", _("Area"), offered, condition or _is_in, is_folded=False)


def _is_in(area: str, _page: Any) -> Q:
    return Q(area=None) if area == NO_AREA else Q(area=int(area))


class Holder(NamedTuple):
    """The holder of a role in an asset today."""

    name: str
    is_active: bool


@dataclass(slots=True)
class Row:
    """An asset with today's holders of roles in it, and its required documents in numbers."""

    asset: Asset
    holders: dict[str, Holder] = field(default_factory=dict)  # by role
    required: int = 0
    missing: int = 0
    expired: int = 0
    waived: int = 0

    @property
    def current(self) -> int:
        return self.required - self.missing - self.expired - self.waived

    @property
    def owners(self) -> list[Holder]:
        """Return those in the roles that make it owned."""
        wanted = WANTED_ROLES[self.asset.kind]
        return [self.holders[role] for role in wanted if role in self.holders]


def rows_of(assets: Sequence[Asset], today: date) -> list[Row]:
    """Return the rows of the assets, in their order (two queries)."""
    rows = {asset.pk: Row(asset) for asset in assets}
    held = Ownership.objects.current().filter(asset__in=rows).order_by()
    for key, role, name, is_active in held.values_list(
        "asset", "role", "person__name", "person__is_active"
    ):
        rows[key].holders[role] = Holder(name, is_active)
    for key, required, missing, expired, waived in _documents(list(rows), today):
        row = rows[key]
        row.required, row.missing, row.expired, row.waived = required, missing, expired, waived
    return list(rows.values())


def _documents(keys: Sequence[int], today: date) -> Sequence[tuple[int, int, int, int, int]]:
    missing = Q(document=None, waived_at=None)
    expired = Q(document__isnull=False, review_by__lt=today, waived_at=None)
    counted = (
        Required.objects.filter(asset__in=keys)
        .order_by()
        .values("asset")
        .annotate(
            all=Count("pk"),
            missing=Count("pk", filter=missing),
            expired=Count("pk", filter=expired),
            waived=Count("pk", filter=Q(waived_at__isnull=False)),
        )
    )
    return list(counted.values_list("asset", "all", "missing", "expired", "waived"))
