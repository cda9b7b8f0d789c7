"""Standing of objectives on a day: reached, on track, at risk, missed, or late to be measured."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kommissorium.measures.days import add_months
from kommissorium.objectives.models import Measurement, Objective
from kommissorium.registers.offered import LevelLink, Levels


class Progress(models.TextChoices):
    """Progress of an objective; one that nobody has measured in time is late first of all."""

    REACHED = "reached", _("Reached")
    UNDER_WAY = "under_way", _("On track")
    AT_RISK = "at_risk", _("At risk")
    MISSED = "missed", _("Not reached in time")
    LATE = "late", _("Not measured in time")


TONES = {
    Progress.REACHED: "success",
    Progress.UNDER_WAY: "info",
    Progress.AT_RISK: "warning",
    Progress.MISSED: "error",
    Progress.LATE: "warning",
}


UNASKED: Final = Levels(frozenset())


@dataclass(frozen=True, slots=True)
class ObjectiveStatus:
    """An objective with what was measured of it, the newest last, as known on the day.

    `levels` are the risk levels of that day; none where nobody asks how it is linked.
    """

    objective: Objective
    known: Sequence[Measurement]
    on: date
    levels: Levels = UNASKED

    @property
    def latest(self) -> Measurement | None:
        return self.known[-1] if self.known else None

    @property
    def next_due(self) -> date:
        """Return the day by which it is to be measured: at once where it never was.

        What was measured under a shorter interval is to be measured again within that one.
        """
        if self.latest is None:
            return self.objective.set.in_force_from or self.on
        months = min(self.objective.every, self.latest.objective.every)
        return add_months(self.latest.day, months)

    @property
    def progress(self) -> Progress:
        if self.latest is None or self.next_due < self.on:
            return Progress.LATE
        if self.objective.is_reached_by(self.latest.value):
            return Progress.REACHED
        if self.objective.due < self.on:
            return Progress.MISSED
        return Progress.AT_RISK if self._is_at_risk(self.latest) else Progress.UNDER_WAY

    @property
    def is_missed(self) -> bool:
        """Return whether its day is over and it was not reached, measured in time or not."""
        is_reached = self.latest is not None and self.objective.is_reached_by(self.latest.value)
        return self.objective.due < self.on and not is_reached

    @property
    def is_realised(self) -> bool:
        """Return whether it was reached at some time."""
        return any(self.objective.is_reached_by(one.value) for one in self.known)

    @property
    def is_complied_with(self) -> bool:
        """Return whether what was reached holds: by the newest measurement, made in time."""
        return self.progress == Progress.REACHED

    @property
    def measured(self) -> str:
        """Return the newest value in words; "" for none."""
        return self.latest.in_words if self.latest else ""

    @property
    def tone(self) -> str:
        return TONES[self.progress]

    @property
    def link(self) -> LevelLink:
        """Return how it is linked to the risk level."""
        return self.levels.link_of(self.objective.risk_level_id)

    def _is_at_risk(self, latest: Measurement) -> bool:
        """Return whether its day comes before it is measured again, or it came no nearer.

        What is compared with is how it stood one interval before the newest measurement.
        """
        if self.objective.due < self.next_due:
            return True
        then = add_months(latest.day, -self.objective.every)
        before = next((one for one in reversed(self.known) if one.day <= then), None)
        return before is not None and not self.objective.is_nearer(latest.value, before.value)


def statuses_of(
    objectives: Iterable[Objective],
    on: date,
    levels: Levels = UNASKED,
    *,
    known_on: date | None = None,
) -> list[ObjectiveStatus]:
    """Return how each stands on the day, in their order (one query); fetch them with their set.

    With `known_on` what was measured later is not known.
    """
    rows = list(objectives)
    if not rows:
        return []
    known = Measurement.objects.filter(
        objective__lineage__in=[one.lineage for one in rows], day__lte=on
    )
    if known_on:
        known = known.filter(made_at__date__lte=known_on)
    measured: defaultdict[UUID, list[Measurement]] = defaultdict(list)
    for one in known.select_related("objective").order_by("day", "pk"):
        measured[one.objective.lineage].append(one)
    return [ObjectiveStatus(one, measured[one.lineage], on, levels) for one in rows]


def statuses_on(day: date) -> list[ObjectiveStatus]:
    """Return how those in force on the day stood when it ended."""
    return statuses_of(_in_force_on(day), day, Levels.on(day))


def statuses_known_on(day: date) -> list[ObjectiveStatus]:
    """Return how those in force on the day stood by what was known when it ended."""
    return statuses_of(_in_force_on(day), day, Levels.on(day), known_on=day)


def _in_force_on(day: date) -> QuerySet[Objective]:
    return Objective.objects.in_force_on(day).select_related("set", "owner")


class OfArea(NamedTuple):
    """The objectives of an area: how many there are, were reached at some time, and still are."""

    name: str
    objectives: int
    realised: int
    complied: int


def by_area(statuses: Iterable[ObjectiveStatus]) -> list[OfArea]:
    """Return a row for each area that has objectives, those of the whole municipality first."""
    whole, realised, complied = Counter[str](), Counter[str](), Counter[str]()
    for one in sorted(statuses, key=_place):
        name = one.objective.area_name
        whole[name] += 1
        realised[name] += one.is_realised
        complied[name] += one.is_complied_with
    return [OfArea(name, whole[name], realised[name], complied[name]) for name in whole]


def _place(one: ObjectiveStatus) -> tuple[bool, str]:
    return one.objective.area_id is not None, one.objective.area_name
