"""The rows of the list of assets: each asset with its owners and its required documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from kommissorium.assets.models import WANTED_ROLES, Asset, Ownership, Required


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

    @property
    def current(self) -> int:
        return self.required - self.missing - self.expired

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
    for key, required, missing, expired in _documents(list(rows), today):
        row = rows[key]
        row.required, row.missing, row.expired = required, missing, expired
    return list(rows.values())


def _documents(keys: Sequence[int], today: date) -> Sequence[tuple[int, int, int, int]]:
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
        )
    )
    return list(counted.values_list("asset", "all", "missing", "expired"))
