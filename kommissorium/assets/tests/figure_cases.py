"""Rows of the registers with the dates a test wants."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kommissorium.assets.figures import COMPLETENESS
from kommissorium.assets.models import (
    WANTED_ROLES,
    Asset,
    AssetDocument,
    Completeness,
    DocumentType,
    Kind,
    Ownership,
    Required,
)
from kommissorium.conftest import Cast

SPAN = 40  # days back in which everything happens


def days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)


def moment(ago: int) -> datetime:
    return timezone.make_aware(datetime.combine(days_ago(ago), time(12)))


def put(name: str, kind: str = Kind.SYSTEM, since: int = SPAN, **values: Any) -> Asset:
    now = timezone.now()
    fields = {"name": name, "kind": kind, "registered_on": days_ago(since), **values}
    return Asset.objects.create(created_at=now, changed_at=now, **fields)


def own(asset: Asset, cast: Cast, who: str, since: int = SPAN, until: int | None = None) -> None:
    last = None if until is None else days_ago(until)
    row = {"asset": asset, "person": cast.who(who), "role": WANTED_ROLES[asset.kind][0]}
    Ownership.objects.create(**row, from_date=days_ago(since), to_date=last)


def counted(row: Completeness) -> dict[str, int]:
    return {name: getattr(row, name) for name in COMPLETENESS}


def key_of(row: Completeness) -> str:
    if row.is_whole:
        return "whole"
    return row.area.name if row.area else ""


def give_papers(asset: Asset, paper: DocumentType, one: dict[str, Any]) -> None:
    newest = None
    for added, until in sorted(one["papers"], key=lambda given: -given[0]):
        newest = AssetDocument.objects.create(
            asset=asset,
            type=paper,
            source="link",
            url="https://example.org/",
            label="Procedure",
            dated_on=days_ago(added),
            review_by=None if until is None else days_ago(until),
            added_at=moment(added),
        )
    waived = None if one["waived"] is None else moment(one["waived"])
    row = {"asset": asset, "type": paper, "document": newest, "waived_at": waived}
    Required.objects.create(**row, review_by=newest.review_by if newest else None)
