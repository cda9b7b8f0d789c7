"""Groups of an asset's fields: on its page, and in the forms that change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kommissorium.assets.actions.checking import fields_of
from kommissorium.assets.models import Kind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Group:
    """Some fields under one heading. `lead` explains their purpose to whoever fills them in."""

    key: str
    title: str | StrPromise
    lead: str | StrPromise
    fields: tuple[str, ...]


ALL: Final[tuple[Group, ...]] = (
    Group(
        "what",
        _("What it is"),
        _("So that others know what is meant and who uses it."),
        ("name", "alias", "purpose", "area", "used_by"),
    ),
    Group(
        "place",
        _("Place and access"),
        _("Where the archive stands, what is in it, and who comes in."),
        ("place", "contents", "access", "protection", "keeper"),
    ),
    Group(
        "criticality",
        _("Criticality"),
        _("What happens to the citizens and the work if it is down, wrong or seen by others."),
        ("criticality", "confidentiality", "integrity", "availability", "mtd", "rto", "rpo"),
    ),
    Group(
        "data",
        _("Personal data"),
        _("What it holds on people decides which documents it must have."),
        ("personal_data", "processing_record"),
    ),
    Group(
        "contract",
        _("Supplier and contract"),
        _("Who delivers it, who runs it, and how long one is bound."),
        (
            *("supplier", "agreements", "hosting", "operator"),
            *("contract", "contract_ends", "bound_until"),
        ),
    ),
    Group(
        "lifecycle",
        _("Lifecycle and retention"),
        _("Whether it is in use, and how long what it holds is kept."),
        ("lifecycle", "retention", "preservation"),
    ),
    Group(
        "numbers",
        _("Numbers and rules"),
        _("What other registers call it, and what the law asks about it."),
        ("local_id", "uuid", "kle", "uses_ai", "is_accessible"),
    ),
)
NEW_TITLES: Final[Mapping[str, StrPromise]] = {
    Kind.SYSTEM: _("New IT system"),
    Kind.DATA_SET: _("New data set"),
    Kind.ARCHIVE: _("New physical archive"),
}


def groups_of(kind: str) -> list[Group]:
    """Return the groups a kind of asset has, each with the fields of that kind."""
    there = set(fields_of(kind))
    found = (
        Group(one.key, one.title, one.lead, tuple(name for name in one.fields if name in there))
        for one in ALL
    )
    return [group for group in found if group.fields]


def single_fields(kind: str) -> list[str]:
    """Return the fields of a kind of asset that can be changed one at a time.

    Agreements are chosen among those of the supplier, and so only together with it.
    """
    return [name for name in fields_of(kind) if name != "agreements"]
