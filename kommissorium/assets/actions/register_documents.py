"""Documents of assets that another register supplies, and withdraws when they no longer hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import batched

from django.db import transaction
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import newest_of
from kommissorium.assets.actions.many_documents import MOST_AT_ONCE, GivenDocument, add_documents
from kommissorium.assets.actions.reviews import follow_reviews
from kommissorium.assets.actions.sync_required_documents import point_to
from kommissorium.assets.models import Asset, AssetDocument, DocumentType, Required
from kommissorium.core.evidence.actions import record


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
