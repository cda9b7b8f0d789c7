"""The matrix: a scale as rows and columns, the level as a line; and which scale is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from kommissorium.core.charts.fields import SmallMatrix, Square
from kommissorium.risks.cell_counts import Figures
from kommissorium.risks.levels import BEFORE
from kommissorium.risks.models import Band, Scale, Step

type Counts = Mapping[tuple[int, int], int]  # by (consequence, likelihood)
type Link = Callable[[int, int], str]  # of (consequence, likelihood)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `count` is None where nothing is counted, `link` "" where nothing opens.

    `is_acceptable` is None where no level is drawn. `lines` are the sides, of "top", "right",
    "bottom" and "left", at which what is acceptable ends.
    """

    consequence: Step
    likelihood: Step
    band: Band
    count: int | None = None
    link: str = ""
    is_acceptable: bool | None = None
    lines: tuple[str, ...] = ()
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A step of consequence with its cells, the lowest likelihood first."""

    step: Step
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The matrix as templates/risks/matrix.html draws it: the highest consequence on top."""

    rows: Sequence[Row]
    columns: Sequence[Step]
    bands: Sequence[Band]
    has_level: bool
    total: int | None

    @property
    def cells(self) -> list[Cell]:
        """Return all cells in the order they are read."""
        return [cell for row in self.rows for cell in row.cells]

    def small(self, name: str) -> SmallMatrix:
        """Return it as a picture with its numbers alone, under a name."""
        return SmallMatrix(
            name,
            [[_square(cell) for cell in row.cells] for row in self.rows],
            [row.step.name for row in self.rows],
            [step.name for step in self.columns],
            _("Likelihood"),
            _("Consequence"),
        )


def matrix_of(
    scale: Scale,
    *,
    counts: Counts | None = None,
    link: Link | None = None,
    level: Sequence[Sequence[bool]] | None = None,
    chosen: tuple[int, int] | None = None,
) -> Matrix:
    """Return the matrix of a scale.

    `counts` gives the numbers, `link` the address that opens a cell with a number in it,
    `level` is RiskLevel.cells, `chosen` the cell to be pointed out. What `counts` holds outside
    the scale is left out. A level of another size than the scale's cannot be drawn on it and is
    left out too.
    """
    fits = level is not None and len(level) == scale.size
    drawing = _Drawing(scale, counts, link, level if fits else None, chosen)
    rows = [drawing.row(step) for step in reversed(scale.consequence_steps)]
    total = None if counts is None else sum(cell.count or 0 for row in rows for cell in row.cells)
    return Matrix(rows, scale.likelihood_steps, scale.band_list, fits, total)


@dataclass(frozen=True, slots=True)
class _Drawing:
    scale: Scale
    counts: Counts | None
    link: Link | None
    level: Sequence[Sequence[bool]] | None
    chosen: tuple[int, int] | None

    def row(self, consequence: Step) -> Row:
        steps = self.scale.likelihood_steps
        return Row(consequence, [self.cell(consequence, likelihood) for likelihood in steps])

    def cell(self, consequence: Step, likelihood: Step) -> Cell:
        at = consequence.number, likelihood.number
        count = None if self.counts is None else self.counts.get(at, 0)
        return Cell(
            consequence,
            likelihood,
            self.scale.band(self.scale.rank_of(*at)),
            count,
            self.link(*at) if self.link and count != 0 else "",
            self.accepts(*at),
            self.lines(*at),
            at == self.chosen,
        )

    def accepts(self, consequence: int, likelihood: int) -> bool | None:
        """Return whether the level accepts a cell; None for no level and outside the scale."""
        inside = range(1, self.scale.size + 1)
        if self.level is None or consequence not in inside or likelihood not in inside:
            return None
        return bool(self.level[consequence - 1][likelihood - 1])

    def lines(self, consequence: int, likelihood: int) -> tuple[str, ...]:
        if not self.accepts(consequence, likelihood):
            return ()
        around = {"top": (1, 0), "right": (0, 1), "bottom": (-1, 0), "left": (0, -1)}
        return tuple(
            side
            for side, (up, along) in around.items()
            if self.accepts(consequence + up, likelihood + along) is False
        )


def _square(cell: Cell) -> Square:
    return Square(cell.band.tone, cell.count or 0, cell.lines)


@dataclass(frozen=True)
class ScaleCache:
    """All scales there are, and the one in use, or else the newest; None where there are none."""

    all: Sequence[Scale]

    @classmethod
    def known(cls) -> ScaleCache:
        """Return them (one query)."""
        return cls(list(Scale.objects.order_by("pk")))

    @cached_property
    def by_key(self) -> dict[int, Scale]:
        return {scale.pk: scale for scale in self.all}

    @cached_property
    def drawn(self) -> Scale | None:
        in_use = (scale for scale in self.all if scale.use_mark)
        return next(in_use, None) or next(iter(reversed(self.all)), None)

    @cached_property
    def alike(self) -> frozenset[int]:
        """Return the keys of those with as many steps as the drawn one: their cells are its."""
        size = self.drawn.size if self.drawn else 0
        return frozenset(scale.pk for scale in self.all if scale.size == size)

    @cached_property
    def comparable(self) -> frozenset[int]:
        """Return the keys of those with as many bands as the drawn one."""
        bands = len(self.drawn.bands) if self.drawn else 0
        return frozenset(scale.pk for scale in self.all if len(scale.bands) == bands)

    def is_mixed(self) -> bool:
        """Return whether there are scales that cannot be drawn on the drawn one."""
        return len(self.alike) < len(self.all)

    def undrawn(self, figures: Figures) -> int:
        """Return how many scored risks the matrix has no cell for."""
        return figures.outside(self.alike, BEFORE)
