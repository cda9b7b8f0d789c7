"""The page of one risk: what it is, what it was, what is done about it and what was accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kommissorium.accounts.models import Person
from kommissorium.accounts.signed_in import person_of
from kommissorium.core.ui.responses import page
from kommissorium.risks.accepted import state_of
from kommissorium.risks.asking import ASSESSMENTS, SCENARIOS
from kommissorium.risks.authority import chairs_committee, may_answer, risks_of
from kommissorium.risks.forms.scenarios import TREATMENTS
from kommissorium.risks.levels import ALL_DIMENSIONS, LABELS, is_above, levels_on
from kommissorium.risks.models import Acceptance, Assessment, Group, PlanAction, Scenario, Step
from kommissorium.risks.models.plans import plan_can_be_kept_by
from kommissorium.risks.planning import lines_of, sums_of, with_risks

type Part = Callable[[Scenario, Person], dict[str, Any]]


def plan_part(scenario: Scenario, person: Person) -> dict[str, Any]:
    """Return what templates/risks/parts/plan.html needs (two queries).

    The actions of the risk in this assessment and in those before and after it.
    """
    actions = PlanAction.objects.filter(scenario__lineage=scenario.lineage)
    rows = with_risks(actions).order_by("task__due", "pk")
    may_plan = plan_can_be_kept_by(scenario, person) and _is_looked_after(scenario)
    return {
        "scenario": scenario,
        "lines": lines_of(rows, person, timezone.localdate()),
        "sums": sums_of(actions.open()),
        "may_plan": may_plan,
    }


def acceptance_part(scenario: Scenario, person: Person) -> dict[str, Any]:
    """Return what templates/risks/parts/acceptance.html needs (four queries or five).

    `current` is the one that counts today, `waiting` one that is proposed, `earlier` the others
    that `person` reads. One that `person` does not read, since it is of other risks too, has no
    key in `read`: that it is there is told, its amount is not.
    """
    today = timezone.localdate()
    rows = Acceptance.objects.of_lineages([scenario.lineage])
    known = list(rows.select_related("accepted_by", "proposed_by", "decision"))
    read = set(rows.visible_to(person).order_by().values_list("pk", flat=True))
    current = next((one for one in known if one.is_in_force_on(today)), None)
    waiting = next((one for one in known if one.waits_on(today)), None)
    shown = {one.pk for one in (current, waiting) if one}
    may_propose = plan_can_be_kept_by(scenario, person) and _can_be_accepted(scenario)
    return {
        "scenario": scenario,
        "current": current,
        "current_state": state_of(current, today) if current else None,
        "waiting": waiting,
        "may_answer": waiting is not None and _may_decide(waiting, person),
        "earlier": [(one, state_of(one, today)) for one in known if one.pk in read - shown],
        "read": read,
        "may_propose": may_propose and current is None and waiting is None,
        "may_replace": may_propose and current is not None and current.pk in read and not waiting,
        "is_above": is_above(scenario, levels_on(today)),
    }


def _may_decide(waiting: Acceptance, person: Person) -> bool:
    risks = risks_of(waiting)
    return may_answer(waiting, person, risks) or bool(chairs_committee(waiting, person, risks))


def _is_looked_after(scenario: Scenario) -> bool:
    unfinished = {Assessment.State.DRAFT, Assessment.State.PROPOSED}
    return scenario.is_in_force or scenario.assessment.state in unfinished


def _can_be_accepted(scenario: Scenario) -> bool:
    before_committee = scenario.assessment.state == Assessment.State.PROPOSED
    return scenario.is_scored and (scenario.is_in_force or before_committee)


# Template of the part, and what fills it: a risk's page shows them in this order.
PARTS: tuple[tuple[str, Part], ...] = (
    ("risks/parts/plan.html", plan_part),
    ("risks/parts/acceptance.html", acceptance_part),
)


@require_GET
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a risk, how it is treated, and what it was in earlier assessments."""
    found, person = SCENARIOS.get(request, pk), person_of(request)
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
        "breadcrumbs": ASSESSMENTS.path(assessment, found.title),
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
