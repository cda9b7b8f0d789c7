"""A small picture of risks, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.tests.assessment_cases import add_risk, approve
from kommissorium.risks.tests.test_levels import approved


def fill(cast: Cast) -> None:
    """Assess the whole organisation, with a risk above the level that is then approved."""
    whole = begin_assessment(by=cast.coordinator, scope="organisation")
    add_risk(whole, cast, likelihood=4, availability_organisation=4, owner=cast.executive.pk)
    approve(cast, whole)
    approved(cast)
