"""The owner's page about each asset they are to answer for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.attestation.answer import Given
from kommissorium.assets.models import (
    ROLES,
    Asked,
    Asset,
    Kind,
    PersonalData,
    Required,
    Role,
    Statement,
)

MOST_DIGITS = 18
VERSION_DIGITS = 9


class Fact(NamedTuple):
    """A line of the register; `text` is "" where nobody has filled it in."""

    label: str
    text: str


@dataclass
class Owned:
    """An asset a person answers for: its facts, what is missing, and the answer.

    `answer` and `note` are what is saved, or what was typed and could not be: `error` says why.
    """

    asset: Asset
    statements: Sequence[Statement]
    missing: Sequence[Required] = ()
    expired: Sequence[Required] = ()
    answer: str = ""
    note: str = ""
    error: str = ""
    facts: Sequence[Fact] = field(default_factory=list)

    @property
    def lacks(self) -> list[str]:
        """Return the names of what nobody has filled in or handed in."""
        unsaid = [fact.label for fact in self.facts if not fact.text]
        return [*unsaid, *(str(row.type) for row in (*self.missing, *self.expired))]

    @property
    def is_answered(self) -> bool:
        return all(row.answer for row in self.statements)

    @property
    def settlement(self) -> str:
        """Return what the coordinator did about the answer, if anything yet."""
        return next((row.settlement for row in self.statements if row.settled_at), "")

    @property
    def roles(self) -> str:
        return ", ".join(str(Role(row.role).label) for row in self.statements)


class Progress(NamedTuple):
    """An owner's progress."""

    answered: int
    total: int

    @property
    def left(self) -> int:
        return self.total - self.answered

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.left == 0


def asked_now(person: Person) -> Asked | None:
    """Return the open round's request to the person, if any."""
    rows = Asked.objects.filter(person=person, round__closed_at=None).select_related("round")
    return rows.first()


def statements_of(asked: Asked) -> list[Statement]:
    """Return the person's statements, answered or not, by the name of the asset."""
    rows = Statement.objects.filter(asked=asked).standing()
    return list(rows.select_related("asset__area", "asset__supplier"))


def progress_of(statements: Iterable[Statement]) -> Progress:
    """Return the number of assets answered for, in all the person's roles."""
    left = {row.asset_id: False for row in statements}
    for row in statements:
        left[row.asset_id] |= not row.answer
    return Progress(sum(not one for one in left.values()), len(left))


def owned_of(
    statements: Iterable[Statement], typed: Mapping[int, Given] | None = None
) -> list[Owned]:
    """Return one card for each asset, with typed values in place of saved ones. One query."""
    by_asset: dict[int, list[Statement]] = defaultdict(list)
    for row in statements:
        by_asset[row.asset_id].append(row)
    lacking = _lacking(list(by_asset))
    cards = [_card(rows, *lacking[key]) for key, rows in by_asset.items()]
    for card in cards:
        if given := (typed or {}).get(card.asset.pk):
            card.answer, card.note = given.answer, given.note
    return cards


def given_in(sent: QueryDict, keys: Iterable[int]) -> dict[int, Given]:
    """Return the answers and notes on the page for these assets; what was left out is not
    there.
    """
    return {
        key: Given(answer, sent.get(f"note-{key}", ""), _version(sent.get(f"seen-{key}", "")))
        for key in keys
        if (answer := sent.get(f"answer-{key}", ""))
    }


def shown_in(sent: QueryDict) -> list[int]:
    """Return the keys of the assets that stood on the page that was sent."""
    names = (name.removeprefix("seen-") for name in sent if name.startswith("seen-"))
    return [int(key) for key in names if key.isdecimal() and len(key) <= MOST_DIGITS]


def _version(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= VERSION_DIGITS else None


def _lacking(assets: list[int]) -> dict[int, tuple[list[Required], list[Required]]]:
    """Return by asset the documents that are missing, and those that have expired."""
    today = timezone.localdate()
    rows = Required.objects.filter(asset__in=assets).select_related("type")
    rows = rows.missing() | rows.expired(today)
    found: dict[int, tuple[list[Required], list[Required]]] = defaultdict(lambda: ([], []))
    for row in rows:
        found[row.asset_id][row.document_id is not None].append(row)
    return found


def _card(rows: list[Statement], missing: list[Required], expired: list[Required]) -> Owned:
    asset = rows[0].asset
    rows = sorted(rows, key=lambda row: ROLES[asset.kind].index(row.role))
    # Of a role that was given since, nothing is said yet: the whole asset is to be looked at.
    said = next((row for row in rows if not row.answer), rows[0])
    return Owned(
        asset=asset,
        statements=rows,
        missing=missing,
        expired=expired,
        answer=said.answer,
        note=said.note,
        facts=_facts(asset),
    )


def _facts(asset: Asset) -> list[Fact]:
    kinds = [str(PersonalData(code).label) for code in asset.personal_data_kinds]
    criticality = asset.get_criticality_display() if asset.criticality else ""
    lifecycle = asset.get_lifecycle_display() if asset.lifecycle else ""
    found = [
        Fact(_("Area"), asset.area.name if asset.area else ""),
        Fact(_("Criticality"), criticality),
        Fact(_("Personal data"), ", ".join(kinds)),
        Fact(_("Lifecycle"), lifecycle),
    ]
    if asset.kind == Kind.ARCHIVE:
        return [*found, Fact(_("Place"), asset.place), Fact(_("Keeper"), asset.keeper)]
    return [*found, Fact(_("Supplier"), asset.supplier.name if asset.supplier else "")]
