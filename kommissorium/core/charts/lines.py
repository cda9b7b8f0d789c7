"""Lines over time, each with its name and number at its end, and the small line of four quarters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from kommissorium.core.charts.strokes import STROKES, Stroke

WIDTH, HEIGHT = 720, 250  # of the picture, in its own units
LEFT, RIGHT, TOP, BOTTOM = 66, 500, 14, 210  # where the lines are drawn
STEPS: Final = 4  # lines of the grid above nought
NEAREST: Final = 46  # how close the words at the ends can stand: a number and a name below it
LOWEST: Final = 196  # of these words
BETWEEN: Final = 0.24  # of the width: marks of the axis nearer to each other have no words

type Values = Sequence[int | None]
type Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """Values of one thing, None where nothing tells of it, and the last of them in words."""

    name: str
    values: Values
    said: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line as it is drawn: a stretch for each run of values that are known."""

    line: Line
    stroke: Stroke
    stretches: Sequence[str]
    x: float
    y: float
    word_y: float


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines over the same days, on a scale from nought. `places` are from 0 to 1 along the axis.

    `marks` are words below the axis, at their places. `unit` stands after the numbers of the scale,
    which ends at `most`; without it at a round number.
    """

    template: ClassVar[str] = "charts/lines.svg"

    title: str
    lines: Sequence[Line]
    places: Sequence[float]
    marks: Sequence[tuple[float, str]]
    unit: str = ""
    most: int | None = None

    @property
    def is_drawn(self) -> bool:
        """Return whether there is more than one day to draw a line between."""
        known = (sum(value is not None for value in one.values) for one in self.lines)
        return max(known, default=0) > 1

    @property
    def top(self) -> int:
        values = (value for one in self.lines for value in one.values if value is not None)
        return self.most or round_step(max(values, default=0)) * STEPS

    @property
    def grid(self) -> list[tuple[str, float]]:
        """Return the lines of the grid: the number beside each, and its height."""
        step = self.top // STEPS
        numbers = [step * line for line in range(STEPS + 1)]
        return [(f"{one}{self.unit}", self._y(one)) for one in numbers]

    @property
    def axis(self) -> list[tuple[float, str]]:
        """Return the marks below, from the right; those too near to the next have no word."""
        found: list[tuple[float, str]] = []
        nearest = 2.0
        for place, word in reversed(self.marks):
            is_apart = nearest - place >= BETWEEN
            nearest = place if is_apart else nearest
            found.append((_x(place), word if is_apart else ""))
        return found

    @property
    def drawn(self) -> list[DrawnLine]:
        """Return the lines with values, the words at their ends so far apart that they are read."""
        found = [
            (one, stroke, points)
            for one, stroke in zip(self.lines, STROKES, strict=False)
            if (points := self._points(one))
        ]
        words = spread([points[-1][-1][1] for _one, _stroke, points in found])
        return [
            DrawnLine(one, stroke, [path(run) for run in points], *points[-1][-1], word)
            for (one, stroke, points), word in zip(found, words, strict=True)
        ]

    def _points(self, line: Line) -> list[list[Point]]:
        at = [
            None if value is None else (_x(place), self._y(value))
            for place, value in zip(self.places, line.values, strict=True)
        ]
        return list(runs(at))

    def _y(self, value: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / max(self.top, 1), 1)


SMALL_WIDTH, SMALL_HEIGHT, EDGE = 150, 40, 6


@dataclass(frozen=True, slots=True)
class SmallLine:
    """Line of a few quarters without axes, for a tile: what its numbers are, `said` says.

    `goal` is a dashed line, where there is one.
    """

    template: ClassVar[str] = "charts/small_line.svg"

    values: Values
    said: str
    goal: int | None = None

    @property
    def title(self) -> str:
        return self.said

    @property
    def points(self) -> list[list[Point]]:
        across = (SMALL_WIDTH - 2 * EDGE) / max(len(self.values) - 1, 1)
        at = [
            None if value is None else (round(EDGE + across * place, 1), self._y(value))
            for place, value in enumerate(self.values)
        ]
        return list(runs(at))

    @property
    def stretches(self) -> list[str]:
        return [path(run) for run in self.points]

    @property
    def end(self) -> Point | None:
        """Return where the last value is; None where it is not known."""
        known = bool(self.values) and self.values[-1] is not None
        return self.points[-1][-1] if known else None

    @property
    def goal_y(self) -> float | None:
        return None if self.goal is None else self._y(self.goal)

    def _y(self, value: int) -> float:
        most = max([one for one in (*self.values, self.goal) if one is not None], default=0)
        return round(SMALL_HEIGHT - EDGE - (SMALL_HEIGHT - 2 * EDGE) * value / max(most, 1), 1)


def runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Yield the points that follow each other without one that is not known."""
    run: list[Point] = []
    for one in (*points, None):
        if one is not None:
            run.append(one)
        elif run:
            yield run
            run = []


def path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def evenly(number: int) -> list[float]:
    """Return so many places along the axis, as far from each other."""
    return [place / max(number - 1, 1) for place in range(number)]


def spread(heights: Sequence[float]) -> list[float]:
    """Return where words stand whose lines end at these heights: in their order, and apart."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    found, bound = list(heights), float(TOP - NEAREST)
    for place in order:
        bound = found[place] = max(heights[place], bound + NEAREST)
    bound = LOWEST + NEAREST
    for place in reversed(order):
        bound = found[place] = min(found[place], bound - NEAREST)
    return found


def round_step(most: int) -> int:
    """Return a round number so that STEPS of them reach `most`."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * STEPS >= most:
                return step * factor
        step *= 10


def _x(place: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * place, 1)
