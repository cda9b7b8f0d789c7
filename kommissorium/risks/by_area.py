"""The risks of each area of the municipality, in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils import timezone

from kommissorium.accounts.models import Person, danish_order
from kommissorium.assets.models import Area
from kommissorium.risks.cell_counts import Figures, figures_of, is_accepted, levels_by_day
from kommissorium.risks.levels import AFTER, BEFORE, Levels, above_level
from kommissorium.risks.matrix import ScaleCache
from kommissorium.risks.models import Scenario


@dataclass(frozen=True, slots=True)
class AreaRisks:
    """The risks of an area, None for what has none. `bands` go from the greatest down.

    `above` and `unaccepted` are None where no level holds.
    """

    area: Area | None
    total: int
    bands: Sequence[int]
    above: int | None
    unaccepted: int | None
    left_above: int | None
    unsaid: int


def by_area(person: Person, scales: ScaleCache) -> list[AreaRisks]:
    """Return the areas that have risks in Danish order, what has no area last (four queries).

    A risk of an assessment of several areas counts in each.
    """
    (levels,) = levels_by_day([timezone.localdate()], scales.all)
    rows: defaultdict[int | None, list[tuple[Any, ...]]] = defaultdict(list)
    for area, *row in _counted(person):
        rows[area].append(tuple(row))
    accepted = _accepted(person, levels) if levels else {}
    areas: list[Area | None] = [*Area.objects.order_by(danish_order("name"), "pk"), None]
    found = [(area, area.pk if area else None) for area in areas]
    return [
        _row(area, figures_of(rows[key]), scales, levels, accepted.get(key, 0))
        for area, key in found
        if key in rows
    ]


def _row(
    area: Area | None, figures: Figures, scales: ScaleCache, levels: Levels, accepted: int
) -> AreaRisks:
    ranks = figures.ranks(scales.by_key)
    bands = scales.drawn.band_list if scales.drawn else []
    above = figures.above(levels) if levels else None
    return AreaRisks(
        area,
        figures.total,
        [ranks[band.rank] for band in reversed(bands)],
        above,
        None if above is None else max(above - accepted, 0),
        figures.above(levels, AFTER) if levels else None,
        figures.unscored(AFTER),
    )


def _counted(person: Person) -> Any:
    """Return the risks counted by area, scale, category and both cells (one query)."""
    rows = Scenario.objects.visible_to(person).in_force().order_by()
    of_area = Coalesce("assessment__assets__area", "assessment__area")
    return (
        rows.annotate(of_area=of_area)
        .values_list(
            *("of_area", "assessment__scale", "group", "consequence", "likelihood"),
            *("residual_consequence", "residual_likelihood"),
        )
        .annotate(number=Count("pk", distinct=True))
    )


def _accepted(person: Person, levels: Levels) -> dict[int | None, int]:
    """Return how many of the risks above the level are accepted, by area (one query)."""
    rows = Scenario.objects.visible_to(person).in_force().order_by()
    above = rows.filter(above_level(levels, BEFORE)).filter(is_accepted())
    of_area = Coalesce("assessment__assets__area", "assessment__area")
    counted = above.annotate(of_area=of_area).values_list("of_area")
    return dict(counted.annotate(number=Count("pk", distinct=True)))
