"""Keep required documents in step with the matrix, the assets and their documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import batched

from django.db.models import Exists, OuterRef, Q, Subquery

from kommissorium.assets.models import Asset, AssetDocument, Demand, Required
from kommissorium.assets.models.documents import ASKS_NOTHING

type Wanted = set[tuple[int, int]]  # asset and type of document

AT_ONCE = 500  # assets: SQLite takes so many values in a question, and more


def keep_required(keys: Iterable[int]) -> None:
    """Make the required rows of these assets (keys); those no longer demanded go.

    To be called in the transaction of the change that may have moved them. Five queries for
    each five hundred assets.
    """
    demands = list(Demand.objects.filter(type__is_retired=False))
    for some in batched(keys, AT_ONCE):
        _keep(some, demands)


def keep_all_required() -> None:
    """Make them for every asset: the matrix has changed."""
    keep_required(Asset.objects.values_list("pk", flat=True).order_by("pk"))


def _keep(keys: Sequence[int], demands: Sequence[Demand]) -> None:
    wanted = _wanted(keys, demands)
    rows = Required.objects.filter(asset__in=keys).values_list("pk", "asset", "type")
    there = {(asset, type_key): pk for pk, asset, type_key in rows}
    gone = [pk for pair, pk in there.items() if pair not in wanted]
    if gone:
        Required.objects.filter(pk__in=gone).delete()
    new = wanted - there.keys()
    if new:
        Required.objects.bulk_create(_rows(new))


def _wanted(keys: Sequence[int], demands: Sequence[Demand]) -> Wanted:
    assets = Asset.objects.in_register().filter(pk__in=keys)
    asked = assets.exclude(lifecycle__in=ASKS_NOTHING)
    return {
        (pk, demand.type_id)
        for pk, *like in asked.values_list("pk", "kind", "criticality", "personal_data")
        for demand in demands
        if demand.speaks_of(*like)
    }


def _rows(pairs: Wanted) -> list[Required]:
    """Return new rows, each with the newest document there is of its kind."""
    live = AssetDocument.objects.filter(removed_at=None, asset__in={a for a, _t in pairs})
    newest = {(one.asset_id, one.type_id): one for one in live.order_by("added_at", "pk")}
    rows = []
    for asset, type_key in sorted(pairs):
        document = newest.get((asset, type_key))
        until = document.review_by if document else None
        rows.append(Required(asset_id=asset, type_id=type_key, document=document, review_by=until))
    return rows


def point_to(document: AssetDocument | None, asset: int, type_key: int) -> None:
    """Point the required row of an asset and a kind of document, if any, to this one."""
    Required.objects.filter(Q(asset=asset) & Q(type=type_key)).update(
        document=document, review_by=document.review_by if document else None
    )


def point_to_all(documents: Sequence[AssetDocument]) -> None:
    """Point the required rows, if any, to these documents: at most one of a kind for an asset."""
    for some in batched(documents, AT_ONCE):
        keys = [one.pk for one in some]
        same = Q(asset=OuterRef("asset")) & Q(type=OuterRef("type"))
        own = AssetDocument.objects.filter(same, pk__in=keys).order_by()
        Required.objects.filter(asset__in={one.asset_id for one in some}).filter(
            Exists(own)
        ).update(
            document=Subquery(own.values("pk")[:1]),
            review_by=Subquery(own.values("review_by")[:1]),
        )
