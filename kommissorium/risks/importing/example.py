"""A workbook to fill in: the headings that are known, and two rows that show what to write."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kommissorium.core.documents.excel import Column, Sheet
from kommissorium.risks.import_plan import LABELS_OF, THREAT
from kommissorium.risks.models import Group, Scale, Treatment

HEADINGS = (
    *("title", "asset", "group", "description", "measures", "likelihood"),
    *("confidentiality_person", "integrity_person", "availability_person"),
    *("confidentiality_organisation", "integrity_organisation", "availability_organisation"),
    *("treatment", "treatment_note", "residual_likelihood", "residual_consequence", "owner"),
)
WIDE = {"title", THREAT, "description", "measures", "treatment_note"}


def example_sheets() -> list[Sheet]:
    """Return the sheet in the active language, and one that tells the steps' names."""
    columns = [Column(str(LABELS_OF[one]), width=40 if one in WIDE else 24) for one in HEADINGS]
    shown = _example()
    sheets = [Sheet(_("Risks"), columns, [[shown.get(name, "") for name in HEADINGS]])]
    scale = Scale.in_use()
    return [*sheets, _of_scale(scale)] if scale else sheets


def _of_scale(scale: Scale) -> Sheet:
    columns = [
        Column(_("What it says")),
        Column(_("Step")),
        Column(_("Name"), width=24),
        Column(_("What it means"), width=60),
    ]
    axes = (
        (_("Likelihood"), scale.likelihood_steps),
        (_("Consequence"), scale.consequence_steps),
    )
    rows: list[list[str | int]] = [
        [axis, one.number, one.name, one.text] for axis, steps in axes for one in steps
    ]
    return Sheet(_("The scale"), columns, rows)


def _example() -> dict[str, str]:
    return {
        "title": _("Example: write over this row"),
        "asset": _("The name or the local ID"),
        "group": str(Group.SYSTEM.label),
        "description": _("How it can happen, in a line or two."),
        "measures": _("Backup every night."),
        "likelihood": "2",
        "confidentiality_person": "1",
        "availability_organisation": "3",
        "treatment": str(Treatment.MITIGATE.label),
        "treatment_note": _("Test that the backup can be put back."),
        "residual_likelihood": "1",
        "residual_consequence": "3",
        "owner": "navn@kommune.example",
    }
