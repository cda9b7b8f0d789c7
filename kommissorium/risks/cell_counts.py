"""Counts of risks in each cell: today and on a past day, before and after treatment.

Who reads all gets the counts the database keeps (models.counts); for others their own risks are
counted. No row of a risk is read for either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import batched
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.expressions import Combinable
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.risks.levels import AFTER, BEFORE, Levels, Picture, above_level, level_of
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    CellChange,
    CellCount,
    RiskLevel,
    Scale,
    Scenario,
)
from kommissorium.risks.models.assessments import ScenarioQuerySet

KEPT: Final[Mapping[Picture, str]] = {
    BEFORE: CellCount.Picture.BEFORE,
    AFTER: CellCount.Picture.AFTER,
}
CELL: Final = ("scale", "group", "consequence", "likelihood")


@dataclass(frozen=True, slots=True)
class Counted:
    """Number of a category's risks in a cell of a scale; cell 0, 0 holds those without scores."""

    scale: int
    group: str
    consequence: int
    likelihood: int
    number: int

    @property
    def is_scored(self) -> bool:
        return self.consequence > 0

    def is_above(self, levels: Levels) -> bool:
        """Return whether the cell lies above the level, as levels.is_above says of one risk."""
        level = level_of(self.group, levels)
        if level is None or not self.is_scored:
            return False
        if self.scale in level.other_scales:
            return True
        return not level.accepts(self.consequence, self.likelihood)


@dataclass(slots=True)
class Figures:
    """The risks of a day in numbers: by cell before treatment, and by cell after it."""

    cells: dict[Picture, list[Counted]] = field(default_factory=lambda: {BEFORE: [], AFTER: []})

    @property
    def total(self) -> int:
        return sum(one.number for one in self.cells[BEFORE])

    def counts(self, scales: Collection[int], of: Picture = BEFORE) -> Counter[tuple[int, int]]:
        """Return how many risks assessed by these scales lie in each (consequence, likelihood)."""
        found: Counter[tuple[int, int]] = Counter()
        for one in self.cells[of]:
            if one.is_scored and one.scale in scales:
                found[one.consequence, one.likelihood] += one.number
        return found

    def unscored(self, of: Picture = BEFORE) -> int:
        """Return how many have no cell."""
        return sum(one.number for one in self.cells[of] if not one.is_scored)

    def outside(self, scales: Collection[int], of: Picture = BEFORE) -> int:
        """Return how many have a cell of a scale other than these."""
        rows = (one for one in self.cells[of] if one.is_scored and one.scale not in scales)
        return sum(one.number for one in rows)

    def above(self, levels: Levels, of: Picture = BEFORE) -> int:
        """Return how many lie above the level."""
        return sum(one.number for one in self.cells[of] if one.is_above(levels))

    def ranks(self, scales: Mapping[int, Scale], of: Picture = BEFORE) -> Counter[int]:
        """Return how many there are in each band, by its rank."""
        found: Counter[int] = Counter()
        for one in self.cells[of]:
            if one.is_scored:
                found[scales[one.scale].rank_of(one.consequence, one.likelihood)] += one.number
        return found

    def add(self, of: Picture, one: Counted) -> None:
        if one.number:
            self.cells[of].append(one)


def figures_now(person: Person) -> Figures:
    """Return today's figures of what `person` may read (one query)."""
    if not reads_whole_register(person):
        return _live(Scenario.objects.visible_to(person).in_force())
    return _kept(CellCount.objects.values_list("picture", *CELL, "number"))


def figures_on(day: date, person: Person) -> Figures:
    """Return the figures of a past day (one query)."""
    if not reads_whole_register(person):
        return _live(Scenario.objects.visible_to(person).in_force_on(day))
    changes = CellChange.objects.filter(day__lte=day).order_by().values("picture", *CELL)
    return _kept(changes.annotate(sum=Sum("number")).values_list("picture", *CELL, "sum"))


def _kept(rows: Iterable[tuple[Any, ...]]) -> Figures:
    figures, pictures = Figures(), {kept: of for of, kept in KEPT.items()}
    for picture, *row in rows:
        figures.add(pictures[picture], Counted(*row))
    return figures


def _live(found: ScenarioQuerySet) -> Figures:
    return figures_of(
        found.order_by()
        .values_list(
            *("assessment__scale", "group", "consequence", "likelihood"),
            *("residual_consequence", "residual_likelihood"),
        )
        .annotate(number=Count("pk"))
    )


def figures_of(rows: Iterable[tuple[Any, ...]]) -> Figures:
    """Return the figures of counted rows: scale, category, the steps of both pictures, number."""
    found: dict[Picture, Counter[tuple[int, str, int, int]]] = {BEFORE: Counter(), AFTER: Counter()}
    for scale, group, *steps, number in rows:
        pictures: tuple[Picture, ...] = (BEFORE, AFTER)
        for of, (consequence, likelihood) in zip(pictures, batched(steps, 2), strict=True):
            is_known = consequence is not None and likelihood is not None
            cell = (consequence, likelihood) if is_known else (0, 0)
            found[of][(scale, group, *cell)] += number
    figures = Figures()
    for of, counts in found.items():
        for key, number in counts.items():
            figures.add(of, Counted(*key, number))
    return figures


def levels_by_day(days: Collection[date], scales: Iterable[Scale]) -> list[dict[str, RiskLevel]]:
    """Return what levels.levels_on gives for each of the days, in their order (one query).

    `scales` are all there are.
    """
    known = {scale.pk: scale for scale in scales}
    begun = Q(state=RiskLevel.State.APPROVED, in_force_from__lte=max(days))
    standing = Q(in_force_to=None) | Q(in_force_to__gt=min(days))
    rows = list(RiskLevel.objects.filter(begun & standing).order_by("in_force_from", "pk"))
    for row in rows:
        row.scale = known[row.scale_id]
        others = (key for key, scale in known.items() if scale.size != row.scale.size)
        row.other_scales = frozenset(others)
    return [{row.group: row for row in rows if _holds(row, day)} for day in days]


def _holds(level: RiskLevel, day: date) -> bool:
    begun = level.in_force_from is not None and level.in_force_from <= day
    return begun and (level.in_force_to is None or level.in_force_to > day)


def acceptances_in_force(day: date | None = None) -> QuerySet[Acceptance]:
    """Return the acceptances that count now, or that counted when the day ended."""
    today = timezone.localdate()
    if day is None or day >= today:
        return Acceptance.objects.in_force_at(timezone.now(), today)
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return Acceptance.objects.in_force_at(end - timedelta(microseconds=1), day)


def accepted_above(person: Person, levels: Levels) -> int:
    """Return how many of the risks above the level that `person` may read are accepted (one query)."""
    if not levels:
        return 0
    above = Scenario.objects.visible_to(person).in_force().filter(above_level(levels))
    given = AcceptedRisk.objects.filter(acceptance__in=acceptances_in_force().order_by())
    given = given.filter(Exists(above.filter(lineage=OuterRef("lineage")).order_by()))
    return given.order_by().values("lineage").distinct().count()


def _read_by(person: Person) -> Combinable:
    """Return the amount of an accepted risk's acceptance, NULL where `person` does not read it."""
    if reads_whole_register(person):
        return F("acceptance__amount")
    read = Acceptance.objects.visible_to(person).filter(pk=OuterRef("acceptance")).order_by()
    return Case(When(Exists(read), then=F("acceptance__amount")))


def is_accepted() -> Q:
    """Return the condition on Scenario that an acceptance of it counts now."""
    given = AcceptedRisk.objects.filter(acceptance__in=acceptances_in_force().order_by())
    return Q(lineage__in=given.order_by().values("lineage"))


@dataclass(frozen=True, slots=True)
class Given:
    """Last day and kroner of a risk's acceptance; None if the reader may not see it."""

    until: date
    kroner: int | None


def accepted_of(rows: Iterable[Scenario], person: Person) -> dict[UUID, Given]:
    """Return the acceptance that counts now of each lineage that has one (one query).

    Of several the one that holds longest.
    """
    keys = [row.lineage for row in rows]
    if not keys:
        return {}
    # Asked of each of the few rows: as a list SQLite would begin with all acceptances there are.
    counts = Exists(acceptances_in_force().filter(pk=OuterRef("acceptance")).order_by())
    found = AcceptedRisk.objects.filter(counts, lineage__in=keys)
    found = found.annotate(read=_read_by(person))
    columns = ("lineage", "acceptance__expires_on", "read")
    shown = found.order_by("acceptance__expires_on", "pk").values_list(*columns)
    return {lineage: Given(until, kroner) for lineage, until, kroner in shown}
