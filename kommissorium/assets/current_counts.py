"""Counts of the registers of assets: kept for today, of any day, and over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.figures import COMPLETENESS, completeness_on
from kommissorium.assets.models import Agreement, Asked, Completeness
from kommissorium.measures.rules.assets import AssetCounts
from kommissorium.registers.counts import counts_of
from kommissorium.registers.numbers import Indicator, count, percentage

INDICATORS: Final = {
    "without_owner": Indicator(
        _("Systems, data and archives without an owner"),
        lambda numbers: AssetCounts(date.min, **numbers).without_owner,
        _("without an owner"),
        _("Systems, data sets and archives in use of which nobody is the owner."),
    ),
    "without_data_owner": Indicator(
        _("Systems with personal data without a data owner"),
        lambda numbers: AssetCounts(date.min, **numbers).without_data_owner,
        _("systems"),
        _("Systems that hold personal data, or are not classified, and have no data owner."),
    ),
    "systems_owned": percentage(
        _("Systems that have an owner"),
        "systems_owned",
        "systems",
        _("Of the systems in use: how many have an owner."),
    ),
    "unclassified": count(
        _("Systems, data and archives that are not classified"),
        "unclassified",
        _("not classified"),
        _("Systems, data sets and archives of which nobody has said how critical they are."),
    ),
    "documents": percentage(
        _("Documents demanded that are there and current"),
        "current",
        "required",
        _("Of the documents that are demanded: how many are there and not out of date."),
    ),
    "guidelines": percentage(
        _("Owners who have read the guidelines"),
        "owners_read",
        "owners",
        _("Of the owners: how many have read the guidelines in force."),
    ),
    "oversight_overdue": count(
        _("Oversight of suppliers overdue"),
        "oversight_overdue",
        _("agreements"),
        _("Agreements with suppliers whose next oversight should have been made by now."),
    ),
}


def asset_counts() -> AssetCounts:
    """Return the counts of the registers today, as kept."""
    return AssetCounts(timezone.localdate(), **counts_of("assets"))


def count_assets(day: date) -> dict[str, int]:
    """Count the registers on the day: how complete they are, and what is awaited now."""
    whole = completeness_on(day)[0]
    answers = Asked.objects.filter(round__closed_at=None).aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False))
    )
    late = Agreement.objects.overdue(day)
    numbers = {name: getattr(whole, name) for name in COMPLETENESS}
    return {**numbers, **answers, "oversight_overdue": late.count()}


DAYS = 365
WIDTH, HEIGHT = 720, 250  # of the picture, in its own units
LEFT, RIGHT, TOP, BOTTOM = 78, 640, 14, 210  # where the lines are drawn
GRID = (0, 25, 50, 75, 100)
MONTHS_BETWEEN = 3  # marks on the axis
NEAREST = 20  # how close the words at the ends of the lines can stand


@dataclass(frozen=True)
class Line:
    """One line: its points as SVG wants them, and its last one with the number there."""

    points: str
    x: float
    y: float
    word_y: float
    percent: int


@dataclass(frozen=True)
class Trend:
    """The lines that have figures, marks of the axes, and the newest row of each month."""

    owned: Line | None
    current: Line | None
    grid: Sequence[tuple[int, float]]
    months: Sequence[tuple[float, date]]
    rows: Sequence[Completeness]

    @property
    def is_drawn(self) -> bool:
        """Return whether there is more than one day to draw a line between."""
        return bool(self.owned and " " in self.owned.points)


def trend_until(last: date, now: Completeness | None = None) -> Trend:
    """Return the year up to the day (one query); `now` stands for a day not kept yet."""
    first = last - timedelta(days=DAYS)
    found = Completeness.objects.filter(is_whole=True, day__gte=first, day__lte=last)
    rows = list(found.order_by("day"))
    if now is not None and now.assets and (not rows or rows[-1].day < now.day):
        rows.append(now)
    begins = rows[0].day if rows else first
    span = max((last - begins).days, 1)

    def x(day: date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - begins).days / span, 1)

    owned = _line([(x(row.day), row.owned_percent) for row in rows])
    current = _line([(x(row.day), row.current_percent) for row in rows])
    return Trend(
        *_apart(owned, current),
        grid=[(percent, _y(percent)) for percent in GRID],
        months=[(x(day), day) for day in _quarters(begins, last)],
        rows=_of_months(rows),
    )


def _y(percent: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * percent / 100, 1)


def _line(points: Sequence[tuple[float, int | None]]) -> Line | None:
    known = [(x, _y(percent), percent) for x, percent in points if percent is not None]
    if not known:
        return None
    x, y, percent = known[-1]
    return Line(" ".join(f"{x},{y}" for x, y, _percent in known), x, y, y, percent)


def _apart(one: Line | None, other: Line | None) -> tuple[Line | None, Line | None]:
    """Return both lines with their words far enough apart to be read."""
    if one is None or other is None or abs(one.y - other.y) >= NEAREST:
        return one, other
    middle = min(max((one.y + other.y) / 2, TOP + NEAREST / 2), BOTTOM - NEAREST / 2)
    up, down = round(middle - NEAREST / 2, 1), round(middle + NEAREST / 2, 1)
    first, second = (up, down) if one.y <= other.y else (down, up)
    return _worded(one, first), _worded(other, second)


def _worded(line: Line, word_y: float) -> Line:
    return Line(line.points, line.x, line.y, word_y, line.percent)


def _quarters(first: date, last: date) -> list[date]:
    """Return the first days of months between the two, not closer than a quarter in a year."""
    step = MONTHS_BETWEEN if (last - first).days > DAYS // 2 else 1
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [day for day in days if (day.month - 1) % step == 0]


def _of_months(rows: Sequence[Completeness]) -> list[Completeness]:
    """Return the last row of each month, the newest first."""
    newest = {(row.day.year, row.day.month): row for row in rows}
    return list(reversed(newest.values()))
