"""What an asset's page shows of its incidents: those the person reads, and how many there were."""

from __future__ import annotations

from typing import Any

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.incidents.models import Incident

SHOWN = 5


def asset_part(asset: Asset, person: Person) -> dict[str, Any] | None:
    """Return what templates/incidents/asset.html needs; None where nothing happened to it."""
    rows = Incident.objects.incidents().filter(assets=asset)
    if not (number := rows.count()):
        return None
    return {"number": number, "open": rows.open().count(), "seen": rows.visible_to(person)[:SHOWN]}
