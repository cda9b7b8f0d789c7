"""The migration steps that keep what was approved of a plan and its activities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.migrations.operations.base import Operation

from kommissorium.core.evidence.freeze_triggers import freeze_table, refuse_changes

PLAN: Final = (
    *("year", "statement", "state", "committee_id", "proposed_by_id", "proposed_at"),
    *("decision_id", "record_id", "in_force_from", "made_by_id", "made_at"),
)
ACTIVITY: Final = ("plan_id", "title", "criterion", "is_extra", "made_by_id", "made_at")
CALLED_OFF: Final = ("called_off_at", "called_off_because", "held_on", "outcome", "conclusion")


def freeze_activities(
    plan: str, activity: str, finding: str, own: Sequence[str] = ()
) -> list[Operation]:
    """Return the steps for these three tables; `own` are the room's columns of what was planned.

    Who answers and when it is held stay free, as does what came of it until it is called off.
    """
    approved = f"(SELECT state FROM {plan} WHERE id = OLD.plan_id) = 'approved'"  # noqa: S608 tables of migrations
    return [
        refuse_changes(plan, PLAN, "OLD.state = 'approved'"),
        refuse_changes(activity, (*ACTIVITY, *own), approved),
        refuse_changes(activity, CALLED_OFF, "OLD.called_off_at IS NOT NULL", name="called_off"),
        freeze_table(finding, ["id"]),
    ]
