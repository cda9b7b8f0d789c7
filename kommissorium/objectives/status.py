"""How objectives stand on a day: reached, on their way, missed, or late to be measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.meetings.year_plan import add_months
from kommissorium.objectives.models import Measurement, Objective


class Progress(models.TextChoices):
    """What can be said of an objective; what nobody has measured in time is late first of all."""

    REACHED = "reached", _("Reached")
    UNDER_WAY = "under_way", _("On its way")
    MISSED = "missed", _("Not reached in time")
    LATE = "late", _("To be measured")


TONES = {
    Progress.REACHED: "success",
    Progress.UNDER_WAY: "info",
    Progress.MISSED: "error",
    Progress.LATE: "warning",
}


@dataclass(frozen=True, slots=True)
class ObjectiveStatus:
    """An objective with the newest measurement known on the day."""

    objective: Objective
    latest: Measurement | None
    on: date

    @property
    def next_due(self) -> date:
        """Return the day by which it is to be measured: at once where it never was."""
        if self.latest is None:
            return self.objective.set.in_force_from or self.on
        return add_months(self.latest.day, self.objective.every)

    @property
    def progress(self) -> Progress:
        if self.latest is None or self.next_due < self.on:
            return Progress.LATE
        if self.objective.is_reached_by(self.latest.value):
            return Progress.REACHED
        return Progress.MISSED if self.objective.due < self.on else Progress.UNDER_WAY

    @property
    def measured(self) -> str:
        """Return the newest value in words; "" for none."""
        return self.latest.in_words if self.latest else ""

    @property
    def tone(self) -> str:
        return TONES[self.progress]


def statuses_of(
    objectives: Iterable[Objective], on: date, *, known_on: date | None = None
) -> list[ObjectiveStatus]:
    """Return how each stands on the day, in their order (one query); fetch them with their set.

    With `known_on` what was measured later is not known.
    """
    rows = list(objectives)
    known = Measurement.objects.filter(
        objective__lineage__in=[one.lineage for one in rows], day__lte=on
    )
    if known_on:
        known = known.filter(made_at__date__lte=known_on)
    latest = {one.objective.lineage: one for one in known.select_related("objective")}
    return [ObjectiveStatus(one, latest.get(one.lineage), on) for one in rows]


def statuses_on(day: date) -> list[ObjectiveStatus]:
    """Return how those in force on the day stood when it ended."""
    return statuses_of(Objective.objects.in_force_on(day).select_related("set", "owner"), day)


def statuses_known_on(day: date) -> list[ObjectiveStatus]:
    """Return how those in force on the day stood by what was known when it ended."""
    rows = Objective.objects.in_force_on(day).select_related("set", "owner")
    return statuses_of(rows, day, known_on=day)


def count_objectives(day: date) -> dict[str, int]:
    """Count those in force on the day, by their progress, and those without an owner."""
    found = statuses_on(day)
    counted = Counter(one.progress for one in found)
    return {
        "objectives": len(found),
        **{progress.value: counted[progress] for progress in Progress},
        "without_owner": sum(not one.objective.has_owner for one in found),
    }
