"""Risks whose planned actions are finished, and that lie above the level all the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, OuterRef, Q, Value

from kommissorium.accounts.models import Person
from kommissorium.risks.levels import AFTER, Levels, above_level
from kommissorium.risks.models import PlanAction, Scenario


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
