"""The owners on an asset's page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import (
    ROLES,
    WANTED_ROLES,
    Asset,
    Kind,
    Ownership,
    Role,
    reads_whole_register,
    without_data_owner,
)


@dataclass
class Place:
    """A role in the asset: its holder, and its former holders, the last one first."""

    role: Role
    is_wanted: bool  # the asset counts as without an owner while nobody has it
    now: Ownership | None = None
    earlier: list[Ownership] = field(default_factory=list)


def part(asset: Asset, person: Person) -> dict[str, Any]:
    """Return the context of the part's template (two queries, and the person's rights)."""
    wanted = {*WANTED_ROLES[asset.kind], *_lacking(asset)}
    places = {role: Place(Role(role), role in wanted) for role in ROLES[asset.kind]}
    today = timezone.localdate()
    for row in asset.ownerships.select_related("person"):
        place = places.setdefault(row.role, Place(Role(row.role), is_wanted=False))
        holds = row.to_date is None or row.to_date >= today
        if holds and place.now is None and not asset.is_over:
            place.now = row
        else:
            place.earlier.append(row)
    return {
        "places": list(places.values()),
        "has_earlier": any(place.earlier for place in places.values()),
        "may_appoint": Asset.can_be_added_by(person) and not asset.is_over,
        "reads_whole_register": reads_whole_register(person),
        "asset": asset,
    }


def _lacking(asset: Asset) -> list[str]:
    """Return the role it lacks besides those its kind asks for."""
    lacks = Asset.objects.filter(without_data_owner(timezone.localdate()), pk=asset.pk)
    return [Role.DATA_OWNER] if asset.kind == Kind.SYSTEM and lacks.exists() else []
