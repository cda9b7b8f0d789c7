"""How the risks stood on a day gone by, and how they have changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.ui.localised import day as in_words
from kommissorium.measures.rules.risk_past import RiskCounts, kept_figures
from kommissorium.measures.rules.risks import sentences_above
from kommissorium.registers.status import figures_known
from kommissorium.risks.cell_counts import Figures, figures_on, levels_by_day
from kommissorium.risks.levels import AFTER, BEFORE, Levels, Picture
from kommissorium.risks.matrix import Matrix, ScaleCache, matrix_of
from kommissorium.risks.models import Scenario
from kommissorium.risks.models.assessments import ScenarioQuerySet


@dataclass(frozen=True)
class PastDay:
    """The risks of a day in words, and in matrices where these still count the same.

    `counts` are of the whole municipality; None for a day without figures, and where the day is
    told to somebody who reads only their own (`is_own`).
    """

    is_own: bool
    counts: RiskCounts | None
    figures: Figures
    levels: Levels
    scales: ScaleCache

    @property
    def kept_on(self) -> date | None:
        """Return the day of the figures."""
        return self.counts.day if self.counts else None

    def sentences(self) -> list[str]:
        """Return what it came to, the most important first."""
        if self.counts is None:
            return []
        return [
            *_above(self.counts, has_level=bool(self.levels)),
            _all(self.counts.risks),
            *_assessed(self.counts),
        ]

    @property
    def is_told(self) -> bool:
        """Return whether what is known today of the cells counts what was counted then."""
        found = self.counts
        if found is None:
            return self.is_own
        return (self.figures.total, self.figures.above(self.levels)) == (found.risks, found.above)

    @property
    def before(self) -> Matrix | None:
        return self._matrix(BEFORE)

    @property
    def after(self) -> Matrix | None:
        return self._matrix(AFTER)

    def _matrix(self, of: Picture) -> Matrix | None:
        scale, level = self.scales.drawn, self.levels.get("")
        if scale is None or not self.figures.total:
            return None
        return matrix_of(
            scale,
            counts=self.figures.counts(self.scales.alike, of),
            link=None,
            level=level.cells if level else None,
        )


def past_of(person: Person, wanted: date) -> PastDay:
    """Return what `person` may read of a past day (five queries)."""
    is_own = not reads_whole_register(person)
    event = None if is_own else figures_known("risks", wanted)
    counts = kept_figures(event).numbers if event else None
    day, scales = (counts.day if counts else wanted), ScaleCache.known()
    [levels] = levels_by_day([day], scales.all)
    return PastDay(is_own, counts, figures_on(day, person), levels, scales)


def _above(counts: RiskCounts, *, has_level: bool) -> list[str]:
    if not has_level:
        return [_("No risk level held. So nobody could say what was too much.")]
    if not counts.above:
        return [_("No risk lay above the risk level.")]
    return [*map(str, sentences_above(counts))]


def _all(number: int) -> str:
    text = ngettext(
        "There was %(number)d risk in all.", "There were %(number)d risks in all.", number
    )
    return text % {"number": number}


def _assessed(counts: RiskCounts) -> list[str]:
    found = []
    if counts.organisation_on:
        text = _("The picture of risks of the whole organisation was approved on %(day)s.")
        found.append(text % {"day": in_words(counts.organisation_on)})
    if counts.critical:
        text = ngettext(
            "%(covered)d of %(critical)d critical system had a risk assessment of the last twelve months.",
            "%(covered)d of %(critical)d critical systems had a risk assessment of the last twelve months.",
            counts.critical,
        )
        found.append(text % {"covered": counts.covered, "critical": counts.critical})
    return found


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
