"""Assets and documents to try things on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.documents import add_document
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Asset, AssetDocument, DocumentType, Required
from kommissorium.conftest import Cast
from kommissorium.yearwheel.models import Occurrence

PDF = b"%PDF-1.7\n%%EOF\n"


def day(days: int) -> date:
    """Return the day this many days from today."""
    return timezone.localdate() + timedelta(days=days)


def system(cast: Cast, name: str = "Borgerportalen", *, owned: bool = True, **values: Any) -> Asset:
    """Put a system into the register; the member of the cast without a seat owns it."""
    asset = add_asset(by=cast.coordinator, kind="system", values={"name": name, **values})
    if owned:
        appoint(asset, "system_owner", cast.employee, by=cast.coordinator)
    return asset


def type_of(code: str) -> DocumentType:
    return DocumentType.objects.get(code=code)


def add(cast: Cast, asset: Asset, code: str = "access", **values: Any) -> AssetDocument:
    """Add a link as the coordinator; any value can be another."""
    given: dict[str, Any] = {
        "by": cast.coordinator,
        "source": "link",
        "url": "https://esdh.example/procedure",
        "dated_on": day(0),
        "review_by": day(365),
        **values,
    }
    return add_document(asset, type_of(code), **given)


def required(asset: Asset, code: str = "access") -> Required:
    return Required.objects.get(asset=asset, type__code=code)


def waiting(asset: Asset) -> list[Occurrence]:
    """Return what the year wheel waits for about the asset's documents."""
    source = f"assets.asset:{asset.pk}:review"
    return list(Occurrence.objects.open().filter(source=source))
