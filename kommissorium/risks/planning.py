"""The treatment plan as a list, summed up; and risks above the level when theirs is finished."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import BooleanField, Count, Exists, Max, OuterRef, Q, Subquery, Sum, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.word_search import mentions_all
from kommissorium.risks.actions.plans import may_change
from kommissorium.risks.levels import AFTER, Levels, above_level, levels_on
from kommissorium.risks.models import Assessment, Band, PlanAction, Scenario
from kommissorium.risks.models.plans import PlanActionQuerySet
from kommissorium.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Finished:
    """Number of risks above the level though all actions are done. `expected_within`: those that
    the treatment was to bring within the level, as the picture of what is left still says."""

    risks: int = 0
    expected_within: int = 0


def finished_above(person: Person, levels: Levels) -> Finished:
    """Return how many of the risks that `person` may read lie above the level though all that
    was planned for them is done (one query)."""
    if not levels:
        return Finished()
    rows = Scenario.objects.visible_to(person).in_force().filter(above_level(levels))
    rows = rows.filter(lineage__in=PlanAction.objects.finished().values("scenario__lineage"))
    is_left = above_level(levels, AFTER) | Q(residual_rank=None)
    found = rows.order_by().aggregate(risks=Count("pk"), left=Count("pk", filter=is_left))
    return Finished(found["risks"], found["risks"] - found["left"])


def still_above(levels: Levels) -> Exists | Value:
    """Return the condition on PlanAction that its risk lies above the level today."""
    if not levels:
        return Value(False, BooleanField())
    now = Scenario.objects.in_force().filter(above_level(levels))
    return Exists(now.filter(lineage=OuterRef("scenario__lineage")).order_by())


# What the list can be narrowed to, as the address says it.
OPEN, OVERDUE, SLIPPED, FAR = "open", "overdue", "slipped", "far"
IMPOSSIBLE, DONE, ALL = "impossible", "done", "all"
SORTS: Final[Mapping[str, str]] = {
    "due": "task__due",
    "title": "task__title",
    "owner": "task__owner__name",
    "cost": "cost",
}


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals of a list of actions: their number, whole kroner, and how many nobody has priced."""

    number: int
    cost: int
    unpriced: int


@dataclass(frozen=True, slots=True)
class Line:
    """An action as a list shows it. `risk` is the key of the risk as it stands today."""

    action: PlanAction
    state: str
    tone: str
    expected: Band | None
    risk: int
    opens_task: bool
    may_change: bool
    may_say: bool  # that it cannot be done, or can after all


def narrowed(actions: PlanActionQuerySet, show: str, on: date) -> PlanActionQuerySet:
    """Return those of one of the states above; the open ones for anything else."""
    if show == OVERDUE:
        return actions.overdue(on)
    if show == SLIPPED:
        return actions.slipped(on)
    if show == FAR:
        return actions.far(on)
    if show == IMPOSSIBLE:
        return actions.impossible()
    if show == DONE:
        return actions.filter(task__state=Task.State.DONE)
    return actions if show == ALL else actions.open()


def in_area(actions: PlanActionQuerySet, key: int) -> PlanActionQuerySet:
    """Return those of risks of an area, or of what an area answers for."""
    found = Assessment.objects.filter(Q(area=key) | Q(assets__area=key))
    return actions.filter(scenario__assessment__in=found.values("pk"))


def found_by(actions: PlanActionQuerySet, words: str) -> PlanActionQuerySet:
    """Return those in whose title, or whose risk's title, every word stands."""
    return actions.filter(mentions_all(words, "task__title", "scenario__title"))


def sums_of(actions: PlanActionQuerySet) -> Sums:
    """Return what the actions come to (one query)."""
    found = actions.order_by().aggregate(
        number=Count("pk"), total=Sum("cost"), priced=Count("cost")
    )
    return Sums(found["number"], found["total"] or 0, found["number"] - found["priced"])


def with_risks(actions: PlanActionQuerySet) -> PlanActionQuerySet:
    """Return the actions with their task, the risk as it stands today as `risk_now`, and in
    `is_above` whether that lies above the level (two queries more)."""
    now = Scenario.objects.in_force().filter(lineage=OuterRef("scenario__lineage"))
    newest = now.order_by().values("lineage").annotate(key=Max("pk")).values("key")
    along = ("task__owner", "task__committee", "scenario__assessment__scale", "impossible_by")
    is_above = still_above(levels_on(timezone.localdate()))
    return actions.select_related(*along).annotate(risk_now=Subquery(newest), is_above=is_above)


def lines_of(actions: Iterable[Any], person: Person, on: date) -> list[Line]:
    """Return the actions of with_risks() as lines."""
    reads = person.is_coordinator or person.is_auditor or person.is_executive
    return [
        Line(
            one,
            *_state(one, on),
            expected=expected_of(one),
            risk=one.risk_now or one.scenario_id,
            opens_task=reads or person.pk in (one.task.owner_id, one.task.given_by_id),
            may_change=may_change(one, person),
            may_say=one.task.is_open and one.can_be_called_impossible_by(person),
        )
        for one in actions
    ]


def expected_of(action: PlanAction) -> Band | None:
    """Return the band the action is to bring its risk down to; None where nobody has said."""
    risk = action.scenario
    likelihood = action.expected_likelihood or risk.likelihood
    consequence = action.expected_consequence or risk.consequence
    said = action.expected_likelihood or action.expected_consequence
    if not said or likelihood is None or consequence is None:
        return None
    scale = risk.assessment.scale
    return scale.band(scale.rank_of(consequence, likelihood))


def _state(action: Any, on: date) -> tuple[str, str]:
    task = action.task
    if task.state == Task.State.DONE and action.is_above:
        return str(_("Done, and the risk is still above the level")), "warning"
    if not task.is_open:
        return str(task.get_state_display()), "success" if task.state == "done" else "neutral"
    if action.is_impossible:
        return str(_("Cannot be done")), "error"
    if task.due < on:
        return str(_("Overdue")), "error"
    if action.is_put_off or action.is_far:
        text = _("Put off") if action.is_put_off else _("More than twelve months ahead")
        return str(text), "warning"
    return str(task.get_state_display()), "neutral"
