"""The dossier on an asset's page: its documents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset, AssetDocument, DocumentType, Required

MOST_EARLIER = 100
# What is to be done comes first.
ORDER = ("missing", "expired", "soon", "current", "waived")


@dataclass(frozen=True)
class Line:
    """A kind of document of the asset: whether it is demanded, the document, and its state."""

    type: DocumentType
    state: str
    document: AssetDocument | None
    required: Required | None = None

    @property
    def is_wanting(self) -> bool:
        return self.state in {"missing", "expired", "soon"}


def part(asset: Asset, person: Person) -> dict[str, Any]:
    """Return the context of the part's template (two queries, and the person's rights)."""
    today = timezone.localdate()
    required = list(asset.required.select_related("type", "document", "waived_by"))
    documents = list(asset.documents.select_related("type", "added_by"))
    newest = _newest(documents)
    lines = [Line(one.type, one.state_on(today), one.document, one) for one in required]
    lines.sort(key=lambda line: ORDER.index(line.state))
    demanded = {one.type_id for one in required}
    others = [
        Line(one.type, _state(one, today), one)
        for type_key, one in newest.items()
        if type_key not in demanded
    ]
    shown = {one.pk for one in newest.values()}
    sees_removed = person.is_coordinator or person.is_auditor
    earlier = [
        one
        for one in documents
        if one.pk not in shown and (sees_removed or one.by_register or not one.removed_at)
    ]
    return {
        "asset": asset,
        "lines": lines,
        "others": others,
        "earlier": earlier[:MOST_EARLIER],
        "in_order": sum(line.state in {"current", "soon", "waived"} for line in lines),
        "may_add": asset.can_be_changed_by(person),
        "may_waive": person.is_coordinator and not asset.is_over,
    }


def _newest(documents: list[AssetDocument]) -> dict[int, AssetDocument]:
    """Return by kind the document that counts; they come with the newest first."""
    found: dict[int, list[AssetDocument]] = defaultdict(list)
    for one in documents:
        if one.removed_at is None:
            found[one.type_id].append(one)
    return {type_key: rows[0] for type_key, rows in found.items()}


def _state(document: AssetDocument, today: date) -> str:
    return Required(document=document, review_by=document.review_by).state_on(today)
