"""Trend of an objective: its standing at the end of each quarter, and today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kommissorium.objectives.models import Measurement, Objective
from kommissorium.objectives.status import ObjectiveStatus
from kommissorium.registers.quarters import quarters_until

QUARTERS = 12


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A quarter: how it stood when it ended, and the value in percent of the highest shown or wanted."""

    label: str
    status: ObjectiveStatus
    percent: int


def trend_of(found: Objective, known: Sequence[Measurement], today: date) -> list[TrendRow]:
    """Return the last quarters since it was first measured, the newest last (one query).

    Each is held against what was wanted then, in the year's set in force on its last day.
    """
    sets = Objective.objects.filter(lineage=found.lineage, set__state="approved")
    years = list(sets.select_related("set").order_by("set__in_force_from", "pk"))
    told = [
        (quarter.label, status, status.latest.value)
        for quarter in quarters_until(today, QUARTERS)
        if (status := _status(found, years, known, min(quarter.last, today))).latest
    ]
    highest = max((max(value, one.objective.target) for _label, one, value in told), default=0) or 1
    return [
        TrendRow(label, status, max(0, int(100 * value / highest))) for label, status, value in told
    ]


def _status(
    found: Objective, years: Sequence[Objective], known: Sequence[Measurement], day: date
) -> ObjectiveStatus:
    begun = [one for one in years if one.set.in_force_from and one.set.in_force_from <= day]
    measured = [one for one in known if one.day <= day]
    return ObjectiveStatus(begun[-1] if begun else found, measured, day)
