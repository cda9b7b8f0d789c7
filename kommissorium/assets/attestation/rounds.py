"""The coordinator's view of a round of attestation, open or closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from kommissorium.accounts.models import danish_order
from kommissorium.assets.attestation.editions import roles_word
from kommissorium.assets.models import ROLES, Asked, Round, Statement

type Figures = Mapping[str, int]


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
