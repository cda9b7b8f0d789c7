"""Samples of what of the risks is put before a committee."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.risks.actions.acceptances import propose_acceptance
from kommissorium.risks.actions.approving import propose_assessment
from kommissorium.risks.actions.levels import draft_level
from kommissorium.risks.models import Acceptance, Assessment, RiskLevel, Scale, Scenario
from kommissorium.risks.tests.acceptance_cases import make_risk, propose
from kommissorium.risks.tests.assessment_cases import add_risk, make_draft

MONEY = 250_000


def drafted(cast: Cast) -> Assessment:
    """Return a finished draft with two risks of the member's system."""
    draft = make_draft(cast)
    add_risk(draft, cast, "Ransomware")
    add_risk(draft, cast, "Strømsvigt", likelihood=2)
    return draft


def proposed(cast: Cast) -> Assessment:
    draft = drafted(cast)
    propose_assessment(draft, committee=cast.committee, by=cast.coordinator)
    return draft


def accepted_by_committee(cast: Cast, assessment: Assessment, days: int = 180) -> Acceptance:
    """Propose that the committee accepts the first risk, for 250.000 kr. and so many days."""
    first: Scenario = assessment.scenarios.select_related("assessment")[0]
    return propose_acceptance(
        [first],
        by=cast.coordinator,
        reason="En ny løsning koster mere end skaden.",
        amount=MONEY,
        measure_cost=900_000,
        longer_because="Afløseren er på vej.",
        budget_year=timezone.localdate().year,
        expires_on=timezone.localdate() + timedelta(days=days),
        capacity="committee",
    )


def drafted_level(cast: Cast) -> RiskLevel:
    scale = Scale.in_use()
    assert scale
    steps = range(1, scale.size + 1)
    return draft_level(
        by=cast.coordinator,
        scale=scale,
        year=timezone.localdate().year,
        group="",
        statement="Vi lever med det grønne.",
        cells=[[c + likely <= 4 for likely in steps] for c in steps],
    )


def asked_for(cast: Cast) -> Acceptance:
    """Propose that the committee accepts a risk that is in force."""
    return propose(cast, [make_risk(cast)], capacity="committee")


# One of each, by the name in its address: as it is before anybody puts it on an agenda.
PROPOSALS = {"assessment": drafted, "level": drafted_level, "acceptance": asked_for}
