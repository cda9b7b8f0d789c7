"""Rows for this room's lists: as many as asked for, different in every field."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.assets.models import Area, Asset, Criticality, Level, Lifecycle, Supplier
from kommissorium.assets.tests.figure_cases import own, put
from kommissorium.conftest import Cast

AREAS = ("Ældre", "Børn", "Ådal")


def make_rows(cast: Cast, numbers: range) -> None:
    """Write an asset of each number; the system owner owns every one, and the member some."""
    areas = [*(Area.objects.get_or_create(name=name)[0] for name in AREAS), None]
    suppliers = [*(Supplier.objects.get_or_create(name=name)[0] for name in AREAS), None]
    for number in numbers:
        asset = _asset(number, area=areas[number % 4], supplier=suppliers[number % 4])
        own(asset, cast, "system_owner" if number % 2 else "member")
        asset.used_by.set(areas[:2])
    Area.objects.update(head=cast.system_owner)


def _asset(number: int, **values: object) -> Asset:
    day = timezone.localdate() + timedelta(days=number)
    said = number % 4 > 0  # of every fourth nobody has said anything
    fields = {
        "alias": f"Alias {number}",
        "purpose": f"Formål {number} " * 30,
        "criticality": Criticality.values[number % 4],
        "confidentiality": Level.values[number % 4] if said else None,
        "integrity": Level.values[(number + 1) % 4] if said else None,
        "availability": Level.values[(number + 2) % 4] if said else None,
        "mtd": number if said else None,
        "rto": number * 2 if said else None,
        "rpo": number * 3 if said else None,
        "lifecycle": Lifecycle.values[number % len(Lifecycle)],
        "contract_ends": day if said else None,
        "personal_data": ",cpr," if said else "",
    }
    kind = ("system", "data_set", "archive")[number % 3]
    return put(f"Ærø <{number:03}>", kind, since=number, **fields, **values)
