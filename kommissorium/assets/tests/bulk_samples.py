"""Samples of the list of assets for the contract of changing many at once."""

from __future__ import annotations

from typing import Final

from kommissorium.assets.models import Asset
from kommissorium.conftest import Cast

# By code of the list: a form that changes something of every row of tests/list_rows.py, the acts
# that tell it, and how to see what is held.
FORM: Final = {"assets": {"criticality": "society", "lifecycle": "phasing_out", "area": "-"}}
ACTS: Final = {"assets": ("assets.asset_changed", "assets.asset_put_back")}


def held() -> list[tuple[object, ...]]:
    """Return the values the form changes, of every row."""
    fields = ("pk", "criticality", "lifecycle", "area", "confidentiality", "name")
    return list(Asset.objects.order_by("pk").values_list(*fields))


def meddle(cast: Cast, pk: int) -> None:
    """Let somebody else change a row in a way that the form would have to overwrite."""
    asset = Asset.objects.get(pk=pk)
    Asset.objects.filter(pk=pk).update(
        criticality="business", alias="Ændret", edit_version=asset.edit_version + 1
    )
