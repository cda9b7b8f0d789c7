"""What registers count is measured by the program itself, each evening."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from kommissorium.core.evidence.actions import record
from kommissorium.objectives.actions.objectives import measured_facts
from kommissorium.objectives.models import Objective
from kommissorium.objectives.status import statuses_of
from kommissorium.registers.counts import read_indicator

EARLY: Final = timedelta(days=7)  # a server that stands still for some days makes nothing late


def measure_counted(day: date) -> int:
    """Measure today what registers count; return how many measurements were added."""
    found = Objective.objects.in_force_on(day).exclude(indicator="").order_by("pk")
    return sum(_count(one, day) for one in found.select_related("set"))


@transaction.atomic
def _count(objective: Objective, day: date) -> bool:
    """Note what is counted now, where it is another number than the newest or is due again.

    Nothing is noted where there is nothing to count.
    """
    Objective.objects.select_for_update().get(pk=objective.pk)
    value = read_indicator(objective.indicator)
    [status] = statuses_of([objective], day)
    is_same = status.latest is not None and status.latest.value == value
    if value is None or (is_same and status.next_due - EARLY > day):
        return False
    made = objective.measurements.create(value=value, day=day, made_at=timezone.now())
    told = {"counted": objective.indicator}
    record("objectives.counted", objective, by=None, facts=measured_facts(made) | told)
    return True
