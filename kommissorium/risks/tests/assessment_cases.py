"""A system with an owner, a draft of its risks, and a committee that decides on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kommissorium.assets.actions.assets import add_asset
from kommissorium.assets.actions.owners import appoint
from kommissorium.assets.models import Area, Asset
from kommissorium.conftest import Cast
from kommissorium.meetings.actions.decisions import decide_as_chair
from kommissorium.meetings.models import Decision, Outcome
from kommissorium.risks.actions.approving import approve_assessment, propose_assessment
from kommissorium.risks.actions.assessments import begin_assessment
from kommissorium.risks.actions.scenarios import add_scenario
from kommissorium.risks.models import Assessment, Scenario

WEIGHING = {
    "security": "stronger",
    "security_text": "Risikoen er kendt.",
    "usability": "unchanged",
    "usability_text": "Ingen mærker det.",
    "economy": "neutral",
    "economy_text": "Inden for budgettet.",
    "proportion": "fitting",
    "proportion_text": "Det svarer til truslen.",
}


def make_system(cast: Cast, name: str = "Lønsystemet", owner: str = "member") -> Asset:
    """Register a system owned by somebody of the cast, who may not be a coordinator."""
    area, _is_new = Area.objects.get_or_create(name="Stab", defaults={"head": cast.head_of_it})
    asset = add_asset(by=cast.coordinator, kind="system", values={"name": name, "area": area})
    since = timezone.localdate() - timedelta(days=30)
    Asset.objects.filter(pk=asset.pk).update(registered_on=since)
    appoint(asset, "system_owner", cast.who(owner), by=cast.coordinator, from_date=since)
    return asset


def make_draft(cast: Cast, asset: Asset | None = None, **more: Any) -> Assessment:
    """Begin an assessment of a system by its owner."""
    asset = asset or make_system(cast)
    owner = asset.ownerships.get(to_date=None).person
    return begin_assessment(by=owner, scope="asset", assets=[asset], **more)


def add_risk(
    assessment: Assessment, cast: Cast, title: str = "Ransomware", **values: Any
) -> Scenario:
    """Add a finished risk: three by three unless said, to be mitigated to two by two."""
    given = {
        "likelihood": 3,
        "availability_organisation": 3,
        "treatment": "mitigate",
        "treatment_note": "Afprøv, at backuppen kan lægges tilbage.",
        "residual_likelihood": 2,
        "residual_consequence": 2,
    }
    return add_scenario(
        assessment, by=cast.coordinator, title=title, group="cyber", values={**given, **values}
    )


def decide(cast: Cast, assessment: Assessment, outcome: str = Outcome.APPROVED) -> Decision:
    """Let the chair decide on an assessment between meetings."""
    return decide_as_chair(
        cast.committee,
        by=cast.chair,
        title=f"Risikovurdering {assessment.pk} {outcome}",
        text="<p>Udvalget tager stilling.</p>",
        why_now="Systemet tages i brug i morgen.",
        is_impartial=True,
        weighing=WEIGHING,
        outcome=outcome,
        subject=("risks.assessment", str(assessment.pk), assessment.get_absolute_url()),
    )


def approve(cast: Cast, assessment: Assessment) -> Assessment:
    """Propose a finished draft and let it be approved."""
    propose_assessment(assessment, committee=cast.committee, by=cast.coordinator)
    decision = decide(cast, assessment)
    return approve_assessment(assessment, decision=decision, by=cast.chair)
