"""Columns by month, each stacked of the kinds of one thing, with each kind's number at its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar, Final

from kommissorium.core.charts.lines import BOTTOM, LEFT, RIGHT, STEPS, TOP, round_step
from kommissorium.core.charts.strokes import PARTS, Fill

GAP: Final = 0.3  # of a column's place, between it and the next
WORDS: Final = 4  # columns from one with a word below it to the next
NAME_HEIGHT: Final = 58
NAME_WIDTH: Final = 24  # letters of a name on one line


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns on a scale from nought: `values` of each kind by column, the kinds from below.

    `names` are those of the kinds, at most as many as there are fills; `marks` of the columns.
    """

    template: ClassVar[str] = "charts/columns.svg"

    title: str
    names: Sequence[str]
    values: Sequence[Sequence[int]]
    marks: Sequence[str]

    @property
    def is_drawn(self) -> bool:
        return any(map(sum, self.values))

    @property
    def top(self) -> int:
        return round_step(max(map(sum, zip(*self.values, strict=True)), default=0)) * STEPS

    @property
    def grid(self) -> list[tuple[int, float]]:
        """Return the lines of the grid: the number beside each, and its height."""
        numbers = [self.top // STEPS * line for line in range(STEPS + 1)]
        return [(one, self._y(one)) for one in numbers]

    @property
    def axis(self) -> list[tuple[float, str]]:
        """Return the words below: of the newest column, and of every few before it."""
        last = len(self.marks) - 1
        places = [(last - place) % WORDS == 0 for place in range(len(self.marks))]
        middle = self._step / 2
        return [
            (round(LEFT + self._step * place + middle, 1), self.marks[place])
            for place, has_word in enumerate(places)
            if has_word
        ]

    @property
    def drawn(self) -> list[tuple[float, float, float, float, Fill]]:
        """Return the pieces: where each begins, how wide and high it is, and what fills it."""
        found = []
        for place, column in enumerate(zip(*self.values, strict=True)):
            x, below = LEFT + self._step * (place + GAP / 2), 0
            for fill, value in zip(PARTS, column, strict=False):
                if value:
                    y, width = self._y(below + value), self._step * (1 - GAP)
                    height = self._y(below) - y
                    found.append((round(x, 1), y, round(width, 1), round(height, 1), fill))
                    below += value
        return found

    @property
    def named(self) -> list[tuple[float, list[str], int, Fill]]:
        """Return the names beside them, the upmost kind first: height, lines, number and fill."""
        kinds = list(zip(self.names, self.values, PARTS, strict=False))
        return [
            (TOP + 16 + NAME_HEIGHT * place, wrap(name, NAME_WIDTH)[:2], sum(values), fill)
            for place, (name, values, fill) in enumerate(reversed(kinds))
        ]

    @property
    def table(self) -> tuple[list[str], list[list[str]]]:
        """Return the columns of the numbers, and a row of each month."""
        by_month = zip(self.marks, zip(*self.values, strict=True), strict=True)
        return ["", *self.names], [[mark, *map(str, row)] for mark, row in by_month]

    @property
    def _step(self) -> float:
        return (RIGHT - LEFT) / max(len(self.marks), 1)

    def _y(self, value: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / max(self.top, 1), 1)
