"""Tracks below each other: what each has reached or lasts on one scale, and where its goal lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.translation import gettext as _

from kommissorium.core.charts.strokes import PARTS, Fill

WIDTH: Final = 100

type Piece = tuple[float, float, Fill]  # where it begins, how wide it is, what fills it


@dataclass(frozen=True, slots=True)
class Track:
    """One row: pieces and marks on a scale of WIDTH. What it tells, `name` and `said` say.

    `url` leads to what it tells of.
    """

    template: ClassVar[str] = "charts/track.svg"

    name: str
    said: str
    pieces: Sequence[Piece] = ()
    goals: Sequence[float] = ()
    url: str = ""

    @property
    def title(self) -> str:
        return f"{self.name}: {self.said}"

    @classmethod
    def reaching(
        cls,
        name: str,
        said: str,
        value: float,
        *,
        most: float,
        goal: float | None = None,
        url: str = "",
    ) -> Track:
        """Return that of a value on a scale from nought to `most`, with its goal."""
        scale = WIDTH / (most or 1)
        pieces = [(0.0, bounded(value * scale), PARTS[0])] if value > 0 else []
        goals = [] if goal is None else [bounded(goal * scale)]
        return cls(name, said, pieces, goals, url)


@dataclass(frozen=True, slots=True)
class Tracks:
    """Tracks on the same scale; `legend` says what fills and marks mean, `ends` the scale's ends.

    `left` is how many rows there are besides that are not shown.
    """

    rows: Sequence[Track]
    legend: str = ""
    ends: tuple[str, str] | None = None
    left: int = 0

    @property
    def more(self) -> str:
        return _("and %(number)d more") % {"number": self.left} if self.left > 0 else ""


def bounded(value: float) -> float:
    """Return a place that lies on the scale."""
    return round(min(max(value, 0.0), WIDTH), 2)
