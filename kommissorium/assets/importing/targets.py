"""Targets of a sheet's columns: a field of the asset, an owner, or since when they own it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.actions.checking import fields_of
from kommissorium.assets.importing.cells import BUSINESS, SAID, SINCE, SOCIETY, read_cell
from kommissorium.assets.models import (
    ROLES,
    Answer,
    Asset,
    Criticality,
    Hosting,
    Kind,
    Level,
    Lifecycle,
    PersonalData,
    Preservation,
    Role,
)
from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.registers.importing.cells import Choices
from kommissorium.registers.importing.links import LINK
from kommissorium.registers.importing.targets import Target

# Many of another row stand in one asset: a sheet has no good way to say that.
LEFT_OUT = {"used_by", "agreements"}
KIND: Final = "kind"  # the column of our own lists that says what each row is
# Fields of which a cell says several: what is chosen from a list cannot stand for all of it.
SEVERAL: Final = ("personal_data",)
GROUPS: Final = ("area", "supplier")  # fields whose cells name a row
ROLE = "role:"


SPECIAL: Final[Mapping[str, str | Promise]] = {
    LINK: _("Link to its page here"),
    SOCIETY: _("Critical to society (yes or no)"),
    BUSINESS: _("Critical to business (yes or no)"),
    SINCE: _("Owners since (a date)"),
}


def targets_of(kind: str) -> list[Target]:
    """Return the targets for assets of a kind, in the order of its form."""
    names = [name for name in fields_of(kind) if name not in LEFT_OUT]
    place = names.index("criticality") + 1
    names[place:place] = [SOCIETY, BUSINESS]
    names += [f"{ROLE}{role}" for role in ROLES[Kind(kind)]]
    return [_target(name) for name in [*names, SINCE, KIND, LINK]]


def _target(name: str) -> Target:
    return Target(
        name,
        _label(name),
        known=SAID["headings"].get(name, ()),
        many=name.startswith(ROLE),
        read=partial(read_cell, name),
        group=name if name in GROUPS else "",
        choices=_choices(name),
        says_several=name in SEVERAL,
    )


def _choices(name: str) -> Choices:
    """Return all possible values of a target, where there is a handful of words."""
    if name in {SOCIETY, BUSINESS}:
        return [(code, label) for code, label in Answer.choices if code]
    if name in {SINCE, LINK} or name.startswith(ROLE):
        return ()
    if name in SEVERAL:
        return PersonalData.choices
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    return [(str(code), label) for code, label in field.flatchoices or () if code]


def _label(name: str) -> str | Promise:
    if name.startswith(ROLE):
        return Role(name.removeprefix(ROLE)).label
    if name in SPECIAL:
        return SPECIAL[name]
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    label: str | Promise = capfirst(field.verbose_name)
    return label


# A sheet has the criticality in one column of its own; kind and link come with our own lists.
NOT_SHOWN = {SOCIETY, BUSINESS, KIND, LINK}


def example_sheet(kind: str) -> Sheet:
    """Return the sheet, in the active language."""
    targets = [target for target in targets_of(kind) if target.code not in NOT_SHOWN]
    owners = {f"{ROLE}{role}": "navn@kommune.example" for role in ROLES[Kind(kind)]}
    shown = {**owners, **_examples()}
    row = [shown.get(target.code, "") for target in targets]
    columns = [Column(str(target.label), width=24) for target in targets]
    return Sheet(str(Kind(kind).label), columns, [row])


def _examples() -> Mapping[str, str]:
    return {
        "name": gettext("Example: write over this row"),
        "local_id": "A-001",
        "purpose": gettext("What it is used for, in a line or two."),
        "area": gettext("The name of the area"),
        "criticality": str(Criticality.BUSINESS.label),
        "confidentiality": str(Level.HIGH.label),
        "integrity": str(Level.MEDIUM.label),
        "availability": str(Level.HIGH.label),
        "mtd": "24",
        "rto": "8",
        "rpo": "4",
        "personal_data": f"{PersonalData.ORDINARY.label}, {PersonalData.CPR.label}",
        "kle": "27.18.00",
        "lifecycle": str(Lifecycle.IN_USE.label),
        "preservation": str(Preservation.KEEP.label),
        "supplier": gettext("The name of the supplier"),
        "hosting": str(Hosting.CLOUD.label),
        "contract_ends": "31-12-2027",
        "uses_ai": str(Answer.NO.label),
        "is_accessible": str(Answer.YES.label),
        SINCE: "01-01-2026",
    }
