"""Bars of shares, a small matrix, and a strip of states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final

from kommissorium.core.charts.strokes import FILLS, PARTS, TONES, Fill

BAR_WIDTH: Final = 100
CELL: Final = 46
FIELD_WIDTH, FIELD_HEIGHT, GAP = 8, 16, 3


@dataclass(frozen=True, slots=True)
class Bar:
    """Bar of shares of a whole, `said` in words; one share is a percentage."""

    template: ClassVar[str] = "charts/bar.svg"

    shares: Sequence[float]
    said: str = ""

    @property
    def title(self) -> str:
        return self.said

    @property
    def drawn(self) -> list[tuple[float, float, Fill]]:
        """Return where each share begins, how wide it is and what fills it."""
        found, at = [], 0.0
        for share, fill in zip(self.shares, PARTS, strict=False):
            width = min(max(share, 0), BAR_WIDTH - at)
            found.append((round(at, 1), round(width, 1), fill))
            at += width
        return found


@dataclass(frozen=True, slots=True)
class Square:
    """Cell of a matrix: its tone, the number in it, and the sides where a line is drawn."""

    tone: str
    count: int
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SmallMatrix:
    """Matrix of numbers on tones, `rows` from above, between two axes that have names.

    `name` stands above it; `row_names` and `column_names` are for whoever does not see it.
    """

    template: ClassVar[str] = "charts/small_matrix.svg"

    name: str
    rows: Sequence[Sequence[Square]]
    row_names: Sequence[str]
    column_names: Sequence[str]
    across: str
    upward: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SmallMatrix:
        """Return it from its plain data."""
        rows = [[Square(**one) for one in row] for row in data["rows"]]
        return cls(**{**data, "rows": rows})

    @property
    def data(self) -> dict[str, Any]:
        """Return it as plain data; `of` makes it again."""
        return asdict(self)

    @property
    def title(self) -> str:
        """Return the cells with a number in words."""
        told = [
            f"{self.upward} {name}, {self.across} {column}: {one.count}"
            for name, row in zip(self.row_names, self.rows, strict=True)
            for column, one in zip(self.column_names, row, strict=True)
            if one.count
        ]
        return f"{self.name}. {'; '.join(told)}"

    @property
    def table(self) -> tuple[list[str], list[list[str]]]:
        """Return its columns, and its rows of a name and numbers."""
        named = zip(self.row_names, self.rows, strict=True)
        rows = [[name, *(str(one.count) for one in row)] for name, row in named]
        return [f"{self.upward} / {self.across}", *self.column_names], rows

    @property
    def width(self) -> int:
        return 24 + CELL * len(self.column_names) + 2

    @property
    def height(self) -> int:
        return CELL * len(self.rows) + 26

    @property
    def middle(self) -> tuple[float, float]:
        """Return the middle of the cells, for the names of the axes."""
        return 24 + CELL * len(self.column_names) / 2, CELL * len(self.rows) / 2

    @property
    def drawn(self) -> list[tuple[int, int, str, int]]:
        """Return the cells: where each begins, its colour, and its number."""
        return [
            (24 + CELL * across, CELL * down, TONES.get(one.tone, "#ffffff"), one.count)
            for down, row in enumerate(self.rows)
            for across, one in enumerate(row)
        ]

    @property
    def edges(self) -> str:
        """Return the lines between what is acceptable and what is not, as one path."""
        return "".join(
            _side(side, 24 + CELL * across, CELL * down)
            for down, row in enumerate(self.rows)
            for across, one in enumerate(row)
            for side in one.lines
        )


@dataclass(frozen=True, slots=True)
class Strip:
    """Field for each of many states, by its tone; `said` tells of them together."""

    template: ClassVar[str] = "charts/strip.svg"

    tones: Sequence[str]
    said: str = ""

    @property
    def title(self) -> str:
        return self.said

    @property
    def width(self) -> int:
        return max(len(self.tones), 1) * (FIELD_WIDTH + GAP)

    @property
    def drawn(self) -> list[tuple[int, Fill]]:
        """Return where each field begins, and its look."""
        return [
            (place * (FIELD_WIDTH + GAP), FILLS.get(tone, FILLS["neutral"]))
            for place, tone in enumerate(self.tones)
        ]


def _side(side: str, x: int, y: int) -> str:
    return {
        "top": f"M{x} {y}h{CELL}",
        "bottom": f"M{x} {y + CELL}h{CELL}",
        "left": f"M{x} {y}v{CELL}",
        "right": f"M{x + CELL} {y}v{CELL}",
    }[side]
