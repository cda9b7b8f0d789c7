"""The parts of an asset's page: its owners, its documents, its supplier, and what registers show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import (
    ROLES,
    WANTED_ROLES,
    Asset,
    AssetDocument,
    DocumentType,
    Kind,
    Ownership,
    Required,
    Role,
    Supplier,
    reads_whole_register,
    without_data_owner,
)
from kommissorium.assets.oversight import state_of
from kommissorium.registers.installed import in_order
from kommissorium.registers.menu import END_NOTICES, PARTS, Part

MOST_EARLIER = 100
# What is to be done comes first.
ORDER = ("missing", "expired", "soon", "current", "waived")


def parts_of(asset: Asset, person: Person) -> Iterator[Part]:
    """Yield the parts: at most three queries each. The other registers' follow the owners."""
    yield Part("assets/parts/owners.html", owners_part(asset, person))
    for parts in in_order(PARTS):
        yield from parts(asset, person)
    yield Part("assets/parts/documents.html", documents_part(asset, person))
    yield Part("assets/parts/suppliers.html", suppliers_part(asset, person))


def end_notices(asset: Asset) -> list[Part]:
    """Return the registers' notices before the asset leaves."""
    return [part for notices in END_NOTICES.ask_all() for part in notices(asset)]


@dataclass
class Place:
    """A role in the asset: its holder, and its former holders, the last one first."""

    role: Role
    is_wanted: bool  # the asset counts as without an owner while nobody has it
    now: Ownership | None = None
    earlier: list[Ownership] = field(default_factory=list)


def owners_part(asset: Asset, person: Person) -> dict[str, Any]:
    """Return the context of the part's template (two queries, and the person's rights)."""
    wanted = {*WANTED_ROLES[asset.kind], *_lacking(asset)}
    places = {role: Place(Role(role), role in wanted) for role in ROLES[asset.kind]}
    today = timezone.localdate()
    for row in asset.ownerships.select_related("person"):
        place = places.setdefault(row.role, Place(Role(row.role), is_wanted=False))
        holds = row.to_date is None or row.to_date >= today
        if holds and place.now is None and not asset.is_over:
            place.now = row
        else:
            place.earlier.append(row)
    return {
        "places": list(places.values()),
        "has_earlier": any(place.earlier for place in places.values()),
        "may_appoint": Asset.can_be_added_by(person) and not asset.is_over,
        "reads_whole_register": reads_whole_register(person),
        "asset": asset,
    }


def _lacking(asset: Asset) -> list[str]:
    """Return the role it lacks besides those its kind asks for."""
    lacks = Asset.objects.filter(without_data_owner(timezone.localdate()), pk=asset.pk)
    return [Role.DATA_OWNER] if asset.kind == Kind.SYSTEM and lacks.exists() else []


@dataclass(frozen=True)
class Line:
    """A kind of document of the asset: whether it is demanded, the document, and its state."""

    type: DocumentType
    state: str
    document: AssetDocument | None
    required: Required | None = None


def documents_part(asset: Asset, person: Person) -> dict[str, Any]:
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
    found: dict[int, AssetDocument] = {}
    for one in documents:
        if one.removed_at is None:
            found.setdefault(one.type_id, one)
    return found


def _state(document: AssetDocument, today: date) -> str:
    return Required(document=document, review_by=document.review_by).state_on(today)


def suppliers_part(asset: Asset, person: Person) -> dict[str, Any]:
    """Return the context of the part's template (one query; the supplier is at hand)."""
    today = timezone.localdate()
    live = list(asset.agreements.in_force().order_by("title", "pk"))
    may_keep = Supplier.can_be_kept_by(person) and not asset.is_over
    bare = asset.holds_personal_data and asset.supplier_id is not None and not live
    return {
        "is_shown": asset.kind == Kind.SYSTEM or bool(live),
        "supplier": asset.supplier,
        "agreements": [(row, state_of(row.next_oversight, today)) for row in live],
        "is_uncovered": bare and not asset.is_over,
        "may_keep": may_keep and asset.supplier is not None and not asset.supplier.is_closed,
    }
