"""A workbook to fill in: the headings of a kind, and one row that shows what to write."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from kommissorium.assets.importing.cells import BUSINESS, SINCE, SOCIETY
from kommissorium.assets.importing.targets import KIND, ROLE, targets_of
from kommissorium.assets.models import (
    ROLES,
    Answer,
    Criticality,
    Hosting,
    Kind,
    Level,
    Lifecycle,
    PersonalData,
    Preservation,
)
from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.registers.importing.links import LINK

# A sheet has the criticality in one column of its own; kind and link come with our own lists.
LEFT_OUT = {SOCIETY, BUSINESS, KIND, LINK}


def example_sheet(kind: str) -> Sheet:
    """Return the sheet, in the active language."""
    targets = [target for target in targets_of(kind) if target.code not in LEFT_OUT]
    owners = {f"{ROLE}{role}": "navn@kommune.example" for role in ROLES[Kind(kind)]}
    shown = {**owners, **_examples()}
    row = [shown.get(target.code, "") for target in targets]
    columns = [Column(str(target.label), width=24) for target in targets]
    return Sheet(str(Kind(kind).label), columns, [row])


def _examples() -> Mapping[str, str]:
    return {
        "name": _("Example: write over this row"),
        "local_id": "A-001",
        "purpose": _("What it is used for, in a line or two."),
        "area": _("The name of the area"),
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
        "supplier": _("The name of the supplier"),
        "hosting": str(Hosting.CLOUD.label),
        "contract_ends": "31-12-2027",
        "uses_ai": str(Answer.NO.label),
        "is_accessible": str(Answer.YES.label),
        SINCE: "01-01-2026",
    }
