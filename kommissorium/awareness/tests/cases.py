"""Plans, activities and evaluations of awareness in every state, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kommissorium.awareness.actions.figures import write_figures
from kommissorium.awareness.evaluation import EVALUATION, of_last_half
from kommissorium.awareness.kind import KIND, PLAN
from kommissorium.awareness.models import AwarenessActivity, AwarenessEvaluation, AwarenessPlan
from kommissorium.conftest import Cast, time_is
from kommissorium.measures.periods import Half
from kommissorium.registers.actions.activities import draft_evaluation
from kommissorium.registers.actions.standard_proposals import change_draft
from kommissorium.registers.tests import activity_cases
from kommissorium.registers.tests.activity_cases import approve, hold, soon

CAMPAIGN = {"title": "Kampagne om falske mails", "sort": "campaign"}
BOARD = {"title": "Kursus for direktionen", "audience": "executive"}
PHISHING = {"title": "Falsk mail til alle", "sort": "phishing"}


def values_of(cast: Cast, **others: Any) -> dict[str, Any]:
    """Return the values of an activity: a course for all employees."""
    return {
        "title": "Kursus i sikker adfærd",
        "sort": "course",
        "audience": "employees",
        "area": None,
        "target": None,
        "planned_for": soon(),
        "responsible": cast.system_owner,
        "criterion": "Fire af fem gennemfører det.",
        **others,
    }


def drafted(cast: Cast, *many: dict[str, Any]) -> AwarenessPlan:
    """Draft a plan: a course, a campaign and the board's course, or these."""
    words = many or ({}, CAMPAIGN, BOARD)
    rows = [values_of(cast, **one) for one in words]
    found: AwarenessPlan = activity_cases.drafted(KIND, cast, *rows)
    return found


def approved(cast: Cast, *many: dict[str, Any]) -> AwarenessPlan:
    """Approve a plan with its required activities, and these; the year's plan takes them in."""
    same = AwarenessPlan.objects.filter(state="approved", year=timezone.localdate().year).first()
    if same is None:
        words = (CAMPAIGN, BOARD, *many) if many else ()
        found: AwarenessPlan = approve(cast, PLAN, drafted(cast, *words))
        return found
    for one in many or ({},):
        activity_cases.add(KIND, cast, same, values_of(cast, **one))
    return same


def named(plan: AwarenessPlan, title: str) -> AwarenessActivity:
    """Return the activity of a plan whose title begins like this."""
    rows = plan.activities.select_related("plan", "responsible", "area")
    found: AwarenessActivity = rows.get(title__startswith=title)
    return found


def figures(cast: Cast, found: AwarenessActivity, people: int = 40, **more: Any) -> None:
    """Write the figures of a group of an activity."""
    values = {"area": None, "audience": found.audience, "people": people, **more}
    write_figures(found, by=cast.coordinator, values=values)


def all_held(cast: Cast, plan: AwarenessPlan) -> None:
    """Hold all that a plan promises, with figures."""
    for one in plan.activities.select_related("plan", "responsible", "area"):
        figures(cast, one, 40, done=30)
        hold(KIND, one, cast.coordinator)


def in_last_half() -> Any:
    """Return a moment of the half-year that ended last."""
    today = timezone.localdate()
    day = Half.of(today).before.last - timedelta(days=20)
    return timezone.localtime() - timedelta(days=(today - day).days)


def held_last_half(cast: Cast) -> AwarenessPlan:
    """Approve a plan in the half-year that ended last, and hold all of it."""
    with time_is(in_last_half()):
        plan = approved(cast)
        all_held(cast, plan)
    return plan


def drafted_evaluation(cast: Cast) -> AwarenessEvaluation:
    """Draft the evaluation of the half-year that ended last, in which something was held."""
    if not AwarenessPlan.objects.filter(state="approved").exists():
        held_last_half(cast)
    found = draft_evaluation(EVALUATION, by=cast.coordinator, **of_last_half())
    values = {
        "effect": "Flere melder det, de ser.",
        "learning": "Korte kurser virker bedst.",
        "effort": "Lederne er de næste.",
    }
    change_draft(EVALUATION, found, values, by=cast.coordinator, edit_version=1)
    return found


def evaluated(cast: Cast) -> AwarenessEvaluation:
    found: AwarenessEvaluation = approve(cast, EVALUATION, drafted_evaluation(cast))
    return found
