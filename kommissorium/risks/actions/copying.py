"""Take the risks of one assessment over into the next, and score them anew by another scale."""

from __future__ import annotations

from typing import Final

from kommissorium.risks.models import Assessment, Scale, Scenario
from kommissorium.risks.scope import AssessmentScope, risk_owners, usual_owner
from kommissorium.risks.scoring import STEPS, moved

# What comes along; `lineage` is what makes it the same risk.
COPIED: Final = (
    *("lineage", "position", "threat_id", "group", "title", "description", "measures"),
    *("treatment", "treatment_note"),
)
SCORES: Final = (*STEPS, "consequence", "rank", "residual_rank")


def copy_scenarios(source: Assessment, target: Assessment, subject: AssessmentScope) -> int:
    """Copy the risks of one assessment into another; return how many.

    An owner who has no mandate any more is replaced by the usual one. Part of begin_assessment.
    """
    owners, usual = {person.pk for person in risk_owners(subject)}, usual_owner(subject)
    made = []
    for one in source.scenarios.all():
        copy = Scenario(assessment=target, **{name: getattr(one, name) for name in COPIED})
        _score(copy, one, target.scale, source.scale)
        copy.owner_id = one.owner_id if one.owner_id in owners else getattr(usual, "pk", None)
        made.append(copy)
    return len(Scenario.objects.bulk_create(made))


def rescore(assessment: Assessment, former: Scale) -> None:
    """Score the risks of a draft, so far scored by `former`, by the assessment's own scale."""
    rows = list(assessment.scenarios.all())
    for row in rows:
        _score(row, row, assessment.scale, former)
        row.edit_version += 1
    Scenario.objects.bulk_update(rows, [*SCORES, "edit_version"])


def _score(row: Scenario, source: Scenario, scale: Scale, former: Scale) -> None:
    values = {name: getattr(source, name) for name in STEPS}
    for name, value in moved(scale, former, values).items():
        setattr(row, name, value)
