"""Add many documents in one act: what an owner has for their assets, or another register gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import (
    checked_given,
    is_old,
    newest_of,
    refuse_dates,
    refuse_same,
)
from kommissorium.assets.actions.required_documents import (
    follow_reviews,
    point_to,
    point_to_all,
    review_source,
    reviewed,
)
from kommissorium.assets.models import Asset, AssetDocument, DocumentType, Ownership, Required
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.yearwheel.models import Occurrence

MOST_AT_ONCE = 500

type Pair = tuple[int, int]  # asset and kind of document


@dataclass(frozen=True)
class GivenDocument:
    """A document of an asset, as add_document takes it: an address, a file or a row.

    `by_register` says that another register gives it: its own actions check the rights.
    """

    asset: Asset
    type: DocumentType
    source: str
    dated_on: date
    review_by: date | None
    label: str = ""
    url: str = ""
    file: tuple[str, bytes] | None = None
    row: tuple[str, str, str] | None = None
    by_register: bool = False

    @property
    def pair(self) -> Pair:
        return self.asset.pk, self.type.pk


@transaction.atomic
def add_documents(given: Sequence[GivenDocument], *, by: Person) -> list[AssetDocument]:
    """Add all documents or none, each as add_document does; the year wheel follows once.

    Raises Refused, naming the asset, for the first that cannot be added, and for more than five
    hundred at once; ValueError for two of a kind for one asset.
    """
    if len(given) > MOST_AT_ONCE:
        raise Refused(_("Add at most 500 documents at a time."))
    if len({one.pair for one in given}) < len(given):
        message = "two documents of a kind for one asset"
        raise ValueError(message)
    _refuse_others([one.asset for one in given if not one.by_register], by)
    newest = _newest(given)
    made = []
    for one in given:
        try:
            made.append(_document(one, newest.get(one.pair), by))
        except Refused as refused:
            told = {field: f"{one.asset.name}: {why}" for field, why in refused.errors.items()}
            raise Refused(**told) from None
    AssetDocument.objects.bulk_create(made)
    point_to_all(made)
    keys = sorted({one.asset.pk for one in given})
    due = _due(keys)
    for document in made:
        before = newest.get((document.asset_id, document.type_id))
        if before and is_old(before) and due.get(document.asset_id) == before.review_by:
            reviewed(before, document, by=by)
        _tell(document, by)
    follow_reviews(keys, by=by)
    return made


def _tell(document: AssetDocument, by: Person) -> None:
    """Record a new document in the chain."""
    facts = {
        **document.type.facts,
        "document": document.pk,
        "source": document.source,
        "until": document.review_by,
    }
    record("assets.document_added", document.asset, by=by, facts=facts)


def _document(one: GivenDocument, before: AssetDocument | None, by: Person) -> AssetDocument:
    if one.type.is_retired and not one.by_register:
        raise Refused(_("This kind of document is not used any more."))
    refuse_dates(one.type, one.dated_on, one.review_by)
    document = AssetDocument(
        asset=one.asset,
        type=one.type,
        source=one.source,
        dated_on=one.dated_on,
        review_by=one.review_by,
        by_register=one.by_register,
        added_by=by,
        added_at=timezone.now(),
        **checked_given(one.source, one.label, one.url, one.file, one.row),
    )
    refuse_same(document, before)
    return document


def _refuse_others(assets: Sequence[Asset], by: Person) -> None:
    if any(asset.is_over for asset in assets):
        raise Refused(_("It has been taken out of the register and cannot be changed."))
    if by.is_coordinator:
        return
    keys = {asset.pk for asset in assets}
    held = Ownership.objects.current().filter(person=by, asset__in=keys)
    if keys - set(held.values_list("asset", flat=True)):
        raise PermissionDenied


def _newest(given: Sequence[GivenDocument]) -> Mapping[Pair, AssetDocument]:
    """Return the newest document by asset and kind."""
    live = AssetDocument.objects.live().filter(asset__in={one.asset.pk for one in given})
    wanted = {one.pair for one in given}
    rows = live.order_by("added_at", "pk")
    found = {(row.asset_id, row.type_id): row for row in rows}
    return {pair: row for pair, row in found.items() if pair in wanted}


def _due(keys: Sequence[int]) -> Mapping[int, date]:
    """Return by asset the day of the review that the year wheel waits for."""
    assets = {review_source(key): key for key in keys}
    waiting = Occurrence.objects.open().filter(source__in=assets)
    rows = waiting.values_list("source", "nominal")
    return {assets[source]: day for source, day in rows if source}


@transaction.atomic
def give_documents(
    assets: Iterable[Asset],
    code: str,
    row: tuple[str, str, str],
    *,
    label: str,
    dated_on: date,
    by: Person,
) -> None:
    """Make a row of another register the document of these assets, of the built-in kind `code`.

    Part of that register's own action, which says who may. `row` is as add_document takes it.
    It is to be reviewed after as many months as documents of its kind. What has left the
    register gets none.
    """
    type_ = DocumentType.objects.get(code=code)
    source, until = AssetDocument.Source.ROW, type_.review_after(dated_on)
    given = [
        GivenDocument(one, type_, source, dated_on, until, label=label, row=row, by_register=True)
        for one in assets
        if not one.is_over
    ]
    for some in batched(given, MOST_AT_ONCE):
        add_documents(some, by=by)


@transaction.atomic
def withdraw_documents(object_kind: str, object_id: str, *, by: Person) -> None:
    """Withdraw the documents that the row of another register was: it no longer holds.

    Where nothing newer has taken its place, the one before it counts again.
    """
    live = AssetDocument.objects.live().filter(
        by_register=True, object_kind=object_kind, object_id=object_id
    )
    documents = list(live.select_related("asset", "type"))
    live.update(removed_at=timezone.now())
    pointed = Required.objects.filter(document__in=documents).select_related("asset", "type")
    for one in pointed:
        point_to(newest_of(one.asset, one.type), one.asset_id, one.type_id)
    for document in documents:
        facts = {**document.type.facts, "document": document.pk}
        record("assets.document_removed", document.asset, by=by, facts=facts)
    follow_reviews([one.asset_id for one in documents], by=by)
