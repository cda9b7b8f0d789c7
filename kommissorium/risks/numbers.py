"""The risks in numbers: of each area of the municipality, and from quarter to quarter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Case, Count, IntegerField, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, danish_order
from kommissorium.assets.models import Area
from kommissorium.core.charts.lines import Line, Lines, evenly
from kommissorium.core.ui import localised
from kommissorium.risks.cell_counts import (
    CELL,
    KEPT,
    Counted,
    Figures,
    figures_of,
    is_accepted,
    levels_by_day,
)
from kommissorium.risks.levels import AFTER, BEFORE, Levels, above_level
from kommissorium.risks.matrix import ScaleCache
from kommissorium.risks.models import CellChange, Scenario


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
        _area_row(area, figures_of(rows[key]), scales, levels, accepted.get(key, 0))
        for area, key in found
        if key in rows
    ]


def _area_row(
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


QUARTERS: Final = 12


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """The risks at the end of a quarter, or today. `bands` go from the greatest down.

    `above` and `left_above` are None where no level held.
    """

    day: date
    is_today: bool
    total: int
    bands: Sequence[int]
    above: int | None
    left_above: int | None


@dataclass(frozen=True)
class Development:
    """The quarters, the newest last."""

    rows: Sequence[QuarterRow]

    @property
    def picture(self) -> Lines:
        """Return the lines of all risks, and of those above the level."""
        return Lines(
            _("Development of the risks. The same figures stand in the table below."),
            [
                _line(_("All risks"), [row.total for row in self.rows]),
                _line(_("Above the risk level"), [row.above for row in self.rows]),
            ],
            places := evenly(len(self.rows)),
            [(place, _mark(row)) for place, row in zip(places, self.rows, strict=True)],
        )

    @property
    def is_drawn(self) -> bool:
        """Return whether there is more than one day to draw a line between."""
        return self.picture.is_drawn


def _line(name: str, values: Sequence[int | None]) -> Line:
    known = [value for value in values if value is not None]
    return Line(name, values, localised.number(known[-1]) if known else "")


def _mark(row: QuarterRow) -> str:
    return _("Today") if row.is_today else date_format(row.day, "M Y").lower()


def quarter_ends(today: date, number: int = QUARTERS) -> list[date]:
    """Return the last days of the quarters before today's, the newest last."""
    first = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    found = []
    for _quarter in range(number):
        end = first - timedelta(days=1)
        found.append(end)
        first = date(end.year, end.month - 2, 1)
    return list(reversed(found))


def development_days(today: date) -> list[date]:
    """Return the ends of the quarters that are shown, and today."""
    return [*quarter_ends(today), today]


def development(scales: ScaleCache, levels: Sequence[Levels] | None = None) -> Development:
    """Return the last three years and today (two queries). For who reads all.

    `levels` are those of development_days, where they are known already (one query less).
    """
    days = development_days(timezone.localdate())
    held = levels_by_day(days, scales.all) if levels is None else levels
    rows = [
        _row(day, figures, scales, level)
        for day, figures, level in zip(days, figures_by_day(days), held, strict=True)
    ]
    there = [number for number, row in enumerate(rows) if row.total]
    return Development(rows[there[0] :] if there else [])


def figures_by_day(days: Sequence[date]) -> list[Figures]:
    """Return the figures of each of the days, in order, the oldest first (one query)."""
    number = Case(
        *(When(day__lte=day, then=Value(place)) for place, day in enumerate(days)),
        output_field=IntegerField(),
    )
    changes = CellChange.objects.filter(day__lte=days[-1]).annotate(place=number).order_by()
    counted = changes.values("place", "picture", *CELL).annotate(sum=Sum("number"))
    came: defaultdict[int, list[tuple[str, Counted]]] = defaultdict(list)
    for place, picture, *row in counted.values_list("place", "picture", *CELL, "sum"):
        came[place].append((picture, Counted(*row)))
    return _summed(len(days), came)


def _summed(days: int, came: dict[int, list[tuple[str, Counted]]]) -> list[Figures]:
    standing: defaultdict[tuple[str, Counted], int] = defaultdict(int)
    found = []
    for place in range(days):
        for picture, one in came.get(place, ()):
            standing[picture, replace(one, number=0)] += one.number
        figures = Figures()
        for (picture, cell), number in standing.items():
            figures.add(BEFORE if picture == KEPT[BEFORE] else AFTER, replace(cell, number=number))
        found.append(figures)
    return found


def _row(day: date, figures: Figures, scales: ScaleCache, levels: Levels) -> QuarterRow:
    ranks = figures.ranks(scales.by_key)
    bands = scales.drawn.band_list if scales.drawn else []
    return QuarterRow(
        day,
        day == timezone.localdate(),
        figures.total,
        [ranks[band.rank] for band in reversed(bands)],
        figures.above(levels) if levels else None,
        figures.above(levels, AFTER) if levels else None,
    )
