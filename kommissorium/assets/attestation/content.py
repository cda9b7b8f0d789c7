"""What a round of attestation came to, open or from its record, and as it is filed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person, danish_order
from kommissorium.assets.models import ROLES, Asked, Asset, Role, Round, Statement
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


def roles_word(codes: Iterable[str]) -> str:
    """Return several roles in words, the owner's before the manager's."""
    ordered = sorted(codes, key=lambda code: code == Role.MANAGER)
    return ", ".join(str(Role(code).label) for code in ordered)


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


@dataclass(frozen=True)
class OwnerLine:
    """An owner in the list of a round. `pk` is the request's; 0 in a closed round."""

    name: str
    department: str
    assets: int
    left: int
    answered_at: datetime | None
    reminded_at: datetime | None = None
    trouble: str = ""
    pk: int = 0

    @property
    def answered(self) -> int:
        return self.assets - self.left

    @property
    def state(self) -> str:
        """Return "done", "begun" or "none"."""
        if not self.left:
            return "done"
        return "begun" if self.answered else "none"


@dataclass(frozen=True)
class Wish:
    """An answer that asks for something: of one person, about one asset. `pk` is a statement's."""

    pk: int
    asset: int
    name: str
    owner: str
    roles: str
    answer: str
    note: str
    answered_on: date | datetime | None
    settlement: str = ""
    settled_by: str = ""

    @property
    def answer_word(self) -> str:
        return str(Statement.Answer(self.answer).label)

    @property
    def wants_handing_over(self) -> bool:
        return self.answer == Statement.Answer.NOT_MINE


def owners_in(found: Round) -> QuerySet[Asked]:
    """Return those asked in an open round: those who lack most first."""
    asked: Any = Asked.objects.filter(round=found).with_progress()
    rows = asked.filter(total__gt=0)
    ordered = rows.annotate(name_order=danish_order("person__name"))
    by_left = ordered.order_by(F("left").desc(), "name_order", "pk")
    found_rows: QuerySet[Asked] = by_left.select_related("person")
    return found_rows


def lines_of(rows: Iterable[Asked]) -> list[OwnerLine]:
    """Return the lines of people in an open round."""
    return [
        OwnerLine(
            name=row.person.name,
            department=row.person.department,
            assets=row.total,
            left=row.left,
            answered_at=row.answered_at,
            reminded_at=row.reminded_at,
            trouble=trouble_of(row),
            pk=row.pk,
        )
        for row in rows
    ]


def kept_lines(content: Mapping[str, Any]) -> list[OwnerLine]:
    """Return the lines of people in a closed round, from its record."""
    rows = [
        OwnerLine(
            name=one["name"],
            department=one["department"],
            assets=one["assets"],
            left=one["left"],
            answered_at=_moment(one["answered_at"]),
        )
        for one in content["owners"]
    ]
    return sorted(rows, key=lambda row: -row.left)


def trouble_of(asked: Asked) -> str:
    """Return why no mail reaches a person, as a sentence; "" where it does."""
    person = asked.person
    if not person.is_active:
        return _("Has left. Hand over what they own.")
    if not person.email:
        return _("Has no e-mail address.")
    return "" if person.has_login else _("Cannot sign in yet.")


def wishes_in(found: Round) -> list[Wish]:
    """Return the answers of an open round that ask for something not yet done, oldest first."""
    rows = Statement.objects.filter(asked__round=found).wanting()
    return wishes_of(rows.select_related("asset", "asked__person").order_by("answered_at", "pk"))


def wishes_of(rows: Iterable[Statement]) -> list[Wish]:
    """Return the answers, with one person's roles in one asset together."""
    together: dict[tuple[int, int], list[Statement]] = {}
    for row in rows:
        together.setdefault((row.asked_id, row.asset_id), []).append(row)
    return [_wish(same) for same in together.values()]


def kept_wishes(statements: Sequence[Mapping[str, Any]]) -> list[Wish]:
    """Return the answers of a closed round that asked for something, from its record."""
    return [
        Wish(
            pk=0,
            asset=one["asset"],
            name=one["name"],
            owner=one["owner"],
            roles=roles_word(one["roles"]),
            answer=one["answer"],
            note=one["note"],
            answered_on=_moment(one["answered_at"]),
            settlement=one["settlement"],
            settled_by=one["settled_by"],
        )
        for one in statements
    ]


def _wish(same: Sequence[Statement]) -> Wish:
    same = sorted(same, key=lambda row: ROLES[row.asset.kind].index(row.role))
    first = same[0]
    return Wish(
        pk=first.pk,
        asset=first.asset_id,
        name=first.asset.name,
        owner=first.asked.person.name,
        roles=roles_word([row.role for row in same]),
        answer=first.answer,
        note=first.note,
        answered_on=first.answered_at,
    )


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None
