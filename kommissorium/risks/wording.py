"""Labels of the fields and states of assessments and their risks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from kommissorium.risks.levels import LABELS
from kommissorium.risks.models import Assessment

FIELD_LABELS: Final[Mapping[str, Any]] = {
    # Of an assessment
    "assessed_on": _("Assessed on"),
    "assessor": _("Assessed by"),
    "participants": _("Took part"),
    "others": _("Others who took part"),
    "summary": _("Summary"),
    "with_society": _("Society and authenticity are weighed too"),
    # Of a risk
    "title": _("Title"),
    "description": _("How, and what it would mean"),
    "measures": _("Measures today"),
    "group": _("Category"),
    "likelihood": _("Likelihood"),
    "treatment": _("Treatment"),
    "treatment_note": _("What is to be done"),
    "residual_likelihood": _("Likelihood after the treatment"),
    "residual_consequence": _("Consequence after the treatment"),
    "owner": _("Risk owner"),
    **LABELS,
}


def label_of(name: str) -> str:
    """Return what people call a field; the name itself for one nobody named."""
    return str(FIELD_LABELS.get(name, name))


def state_of(assessment: Assessment) -> tuple[str, str]:
    """Return the state of an assessment in words, and its tone."""
    if assessment.is_approved:
        replaced = assessment.in_force_to is not None
        return (str(_("Replaced")), "neutral") if replaced else (str(_("Holds today")), "success")
    tones = {Assessment.State.PROPOSED: "info", Assessment.State.DRAFT: "warning"}
    return assessment.get_state_display(), tones.get(Assessment.State(assessment.state), "neutral")
