"""The supplier on an asset's page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, Kind, Supplier
from kommissorium.assets.oversight import state_of


def part(asset: Asset, person: Person) -> dict[str, Any]:
    """Return the context of the part's template (one query; the supplier is at hand)."""
    today = timezone.localdate()
    live = list(asset.agreements.in_force().order_by("title", "pk"))
    may_keep = Supplier.can_be_kept_by(person) and not asset.is_over
    bare = asset.holds_personal_data and asset.supplier_id is not None and not live
    return {
        "is_shown": asset.kind == Kind.SYSTEM or bool(live),
        "supplier": asset.supplier,
        "agreements": [(row, state_of(row.next_oversight, today)) for row in live],
        "is_uncovered": bare and not asset.is_over,
        "may_keep": may_keep and asset.supplier is not None and not asset.supplier.is_closed,
    }
