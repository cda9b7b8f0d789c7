"""What a round of attestation came to, open or from its record, and as it is filed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asked, Asset, Round, Statement
from kommissorium.assets.models.attestation import WANTING
from kommissorium.meetings.filing import FiledKind


def content_of(found: Round) -> dict[str, Any]:
    """Return the round as plain data; for a closed one the content of its record.

    `owners` are those with something to answer for, `statements` one for each role in an asset
    that was answered or still is to be. Days and moments are ISO 8601. Two queries.
    """
    if found.record is not None:
        kept: dict[str, Any] = json.loads(found.record.content)
        return kept
    rows = Asked.objects.filter(round=found).with_progress().select_related("person")
    owners = [one for one in rows if one.total]
    statements = Statement.objects.filter(asked__round=found).standing()
    along = ("asset__area", "asset__supplier", "asked__person", "settled_by")
    known = statements.select_related(*along)
    return {
        "title": found.title,
        "opened_at": _at(found.opened_at),
        "opened_by": found.opened_by.name,
        "due": found.due.isoformat(),
        "asked": len(owners),
        "answered": sum(one.left == 0 for one in owners),
        "owners": [_owner(one) for one in owners],
        "statements": [_statement(one) for one in known],
    }


def wanting_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the answers that asked for a correction or a handover."""
    return [one for one in together(content["statements"]) if one["answer"] in WANTING]


def together(statements: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a person's statements about an asset as one answer, with all their `roles` in it."""
    found: dict[tuple[int, int, str], dict[str, Any]] = {}
    for one in statements:
        key = (one["asked"], one["asset"], one["answer"])
        found.setdefault(key, {**one, "roles": []})["roles"].append(one["role"])
    return list(found.values())


def never_answered(owners: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the names of those who did not answer for everything."""
    return [one["name"] for one in owners if one["left"]]


def _owner(one: Asked) -> dict[str, Any]:
    return {
        "name": one.person.name,
        "department": one.person.department,
        "assets": one.total,
        "left": one.left,
        "answered_at": _at(one.answered_at),
    }


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "asked": one.asked_id,
        **_asset(one.asset),
        "role": one.role,
        "owner": one.asked.person.name,
        "answer": one.answer,
        "note": one.note,
        "answered_at": _at(one.answered_at),
        "asset_version": one.asset_version,
        "settlement": one.settlement,
        "settled_by": one.settled_by.name if one.settled_by else "",
        "settled_at": _at(one.settled_at),
    }


def _asset(asset: Asset) -> dict[str, Any]:
    """Return the asset asked about. `version` is its version then; compare `asset_version`,
    which is what the owner saw.
    """
    return {
        "asset": asset.pk,
        "name": asset.name,
        "kind": asset.kind,
        "area": asset.area.name if asset.area else "",
        "criticality": asset.criticality,
        "personal_data": asset.personal_data_kinds,
        "lifecycle": asset.lifecycle,
        "supplier": asset.supplier.name if asset.supplier else "",
        "version": asset.edit_version,
    }


def _at(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat() if moment else None


class FiledAttestations(FiledKind[Round]):
    """Attestations that are closed."""

    kind = "assets.round"
    label = gettext_lazy("Attestations")

    def rows(self, person: Person) -> QuerySet[Round]:
        if not Round.can_be_run_by(person):
            return Round.objects.none()
        return Round.objects.filter(closed_at__isnull=False).order_by("-pk")

    def title(self, row: Round) -> str:
        return row.title

    def day(self, row: Round) -> date:
        return timezone.localdate(row.closed_at)
