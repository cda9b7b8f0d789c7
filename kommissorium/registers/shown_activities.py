"""Evidence from a yearly plan and its activities for the requirements that their kind names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.models.activities import Activity, ActivityOutcome, ActivityState
from kommissorium.registers.requirements import LASTS, Says, Shown

OF_OUTCOME = {ActivityOutcome.NOT_MET: Says.AGAINST}
OF_STATE = {ActivityState.LATE: Says.AGAINST, ActivityState.PLANNED: Says.PLANNED}


def shown_by_activities(kind: ActivityKind[Any], day: date) -> Iterator[Shown]:
    """Yield what the plan in force and the activities of the last year show (two queries).

    A plan lays down what is to be done. An activity that was held and reached what was wanted
    shows that it is; one that is late, or whose newest of the same title did not reach it, speaks
    against it.
    """
    if not kind.requirements:
        return
    plans = kind.plan.model._default_manager.filter(state__in=["draft", "proposed", "approved"])  # noqa: SLF001
    for plan in plans.filter(Q(in_force_to=None) | Q(in_force_to__gt=day)):
        says = Says.LAID_DOWN if plan.is_in_force_on(day) else Says.PLANNED
        yield Shown(
            f"{kind.plan.kind}:{plan.pk}",
            kind.plan.title_of(plan),
            plan.get_absolute_url() if plan.is_approved else "",
            says,
            plan.in_force_from,
            requirements=kind.requirements,
        )
    recent = Q(held_on=None, planned_for__gte=day - LASTS) | Q(held_on__range=(day - LASTS, day))
    rows = kind.model._default_manager.filter(recent, plan__state="approved", called_off_at=None)  # noqa: SLF001
    newest = {one.title: one for one in rows.order_by("held_on", "pk") if one.held_on}
    for row in rows:
        if row.held_on is None or newest[row.title].pk == row.pk:
            yield _shown(kind, row, day)


def _shown(kind: ActivityKind[Any], row: Activity, day: date) -> Shown:
    state = row.state_on(day)
    held = OF_OUTCOME.get(ActivityOutcome(row.outcome), Says.CARRIED_OUT) if row.outcome else None
    name = row._meta.label_lower  # noqa: SLF001 Django's documented model API
    return Shown(
        f"{name}:{row.pk}",
        row.title,
        row.get_absolute_url(),
        held or OF_STATE.get(state, Says.PLANNED),
        row.held_on or row.planned_for,
        requirements=kind.requirements_of(row),
        note=_("It is late.") if state == ActivityState.LATE else "",
    )
