"""The scales as a page finds them: which one pictures are drawn by, and what can be drawn on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kommissorium.risks.cell_counts import Figures
from kommissorium.risks.levels import BEFORE
from kommissorium.risks.models import Scale


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
