"""Changes in the risks since a past day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from kommissorium.accounts.models import Person
from kommissorium.risks.cell_counts import Figures
from kommissorium.risks.models import Scenario
from kommissorium.risks.models.assessments import ScenarioQuerySet

CODE: Final = 100  # more than there are bands
NEW, UP, DOWN = "new", "up", "down"
WAYS: Final = (NEW, UP, DOWN)


@dataclass(frozen=True, slots=True)
class Movement:
    """Numbers of risks that are new since the day, in a higher or a lower band, or gone.

    `other` were assessed by scales that cannot be compared. All else is as it was.
    """

    new: int = 0
    up: int = 0
    down: int = 0
    other: int = 0
    gone: int = 0

    @property
    def is_any(self) -> bool:
        return any((self.new, self.up, self.down, self.other, self.gone))


def movement_since(
    day: date, person: Person, *, then: Figures, now: Figures, comparable: Collection[int]
) -> Movement:
    """Return what became of the risks of `then`, the figures of the day (one query).

    Risks are the same by their lineage; those of assessments that held already cannot have
    moved. Bands compare between `comparable` scales, which have as many of them.
    """
    was = _same_on(day)
    code = F("assessment__scale") * CODE + Coalesce("rank", 0)
    before = Subquery(was.values_list(code)[:1], output_field=IntegerField())
    rows = (
        _replaced(day, Scenario.objects.visible_to(person).in_force())
        .annotate(before=before)
        .order_by()
        .values_list("before", "assessment__scale", "rank")
        .annotate(number=Count("pk"))
    )
    found: Counter[str] = Counter()
    for known, scale, rank, number in rows:
        found[_way(known, scale, rank, comparable)] += number
    gone = then.total - (now.total - found[NEW])
    return Movement(found[NEW], found[UP], found[DOWN], found["other"], max(gone, 0))


def moved(
    found: QuerySet[Scenario], day: date, way: str, comparable: Collection[int]
) -> QuerySet[Scenario]:
    """Return those of today's risks that are new since the day, or moved up or down."""
    was = _same_on(day)
    replaced = _replaced(day, found)
    if way == NEW:
        return replaced.filter(~Exists(was))
    alike = was.filter(assessment__scale__in=comparable)
    before = Subquery(alike.values("rank")[:1])
    condition = Q(rank__gt=F("was")) if way == UP else Q(rank__lt=F("was"))
    return replaced.filter(assessment__scale__in=comparable).annotate(was=before).filter(condition)


def _same_on(day: date) -> ScenarioQuerySet:
    """Return the same risk as it stood on the day, for a subquery of another one.

    By a join: of a list of assessments SQLite would try every one for every risk.
    """
    begun = Q(assessment__in_force_from__lte=day)
    standing = Q(assessment__in_force_to=None) | Q(assessment__in_force_to__gt=day)
    return Scenario.objects.filter(begun & standing, lineage=OuterRef("lineage")).order_by()


def _replaced(day: date, found: QuerySet[Scenario]) -> QuerySet[Scenario]:
    return found.filter(assessment__in_force_from__gt=day)


def _way(known: int | None, scale: int, rank: int | None, comparable: Collection[int]) -> str:
    if known is None:
        return NEW
    before, was = divmod(known, CODE)
    if not {before, scale} <= set(comparable) or not was or rank is None:
        return "other"
    if rank == was:
        return "same"
    return UP if rank > was else DOWN
