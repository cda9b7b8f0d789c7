"""The incidents on an asset's page: those the person reads, and their total number."""

from __future__ import annotations

from typing import Any

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.incidents.models import Incident

SHOWN = 5


def asset_part(asset: Asset, person: Person) -> dict[str, Any] | None:
    """Return the context of templates/incidents/asset.html; None where nothing happened to it."""
    rows = Incident.objects.incidents().filter(assets=asset)
    if not (number := rows.count()):
        return None
    return {"number": number, "open": rows.open().count(), "seen": rows.visible_to(person)[:SHOWN]}
