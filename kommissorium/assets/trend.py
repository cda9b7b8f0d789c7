"""Completeness of the registers over time, as two lines of a picture and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kommissorium.assets.models import Completeness

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
