"""The page of one risk: what it is, what it was, and what is done about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.responses import page
from kommissorium.risks.fetching import crumbs, scenario_for
from kommissorium.risks.forms.scenarios import TREATMENTS
from kommissorium.risks.models import Group, Scenario, Step
from kommissorium.risks.parts import PARTS
from kommissorium.risks.scoring import ALL_DIMENSIONS, LABELS


@require_GET
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a risk, how it is treated, and what it was in earlier assessments."""
    found, person = scenario_for(request, pk), person_of(request)
    assessment, scale = found.assessment, found.assessment.scale
    over_time = _over_time(found, person)
    context = {
        "risk": found,
        "person": person,
        "assessment": assessment,
        "band": None if found.rank is None else scale.band(found.rank),
        "left": None if found.residual_rank is None else scale.band(found.residual_rank),
        "likelihood": _step(scale.likelihood_steps, found.likelihood),
        "consequences": [
            (LABELS[name], step)
            for name in ALL_DIMENSIONS
            if (step := _step(scale.consequence_steps, getattr(found, name)))
        ],
        "left_likelihood": _step(scale.likelihood_steps, found.residual_likelihood),
        "left_consequence": _step(scale.consequence_steps, found.residual_consequence),
        "treatment": TREATMENTS[found.treatment],
        "group": Group(found.group).label if found.group in Group.values else found.group,
        "parts": [(template, fill(found, person)) for template, fill in PARTS],
        "over_time": over_time,
        "now": next((one["risk"] for one in over_time if one["risk"].is_in_force), None),
        "may_edit": assessment.can_be_edited_by(person),
        "breadcrumbs": crumbs(assessment, found.title),
    }
    return page(request, "risks/risk.html", context)


def _step(steps: list[Step], number: int | None) -> Step | None:
    return None if number is None else steps[number - 1]


def _over_time(found: Scenario, person: Person) -> list[dict[str, Any]]:
    """Return what the risk was in each assessment the person may read, the newest first."""
    rows = Scenario.objects.visible_to(person).filter(lineage=found.lineage)
    rows = rows.exclude(assessment__state="dropped").select_related("assessment__scale")
    told = []
    for row in rows.order_by("-assessment__assessed_on", "-assessment__pk"):
        scale = row.assessment.scale
        told.append(
            {
                "risk": row,
                "band": None if row.rank is None else scale.band(row.rank),
                "left": None if row.residual_rank is None else scale.band(row.residual_rank),
                "is_this": row.pk == found.pk,
            }
        )
    return told
