"""The past of the registers of assets, day by day, for their checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from kommissorium.assets.current_counts import AssetCounts
from kommissorium.assets.figures import COMPLETENESS
from kommissorium.registers.past import DayFigures, PastEvent, PastFigures

FIGURES_KEPT: Final = "assets.figures_kept"
ACTS: Final = (FIGURES_KEPT,)


@dataclass(frozen=True)
class AssetPast:
    """The past of the registers: figures by day."""

    figures: PastFigures[AssetCounts]

    def on(self, day: date) -> AssetCounts | None:
        """Return the figures at the end of the day; None where nothing was, or nothing tells."""
        found = self.figures.on(day)
        return found.numbers if found and found.numbers.assets else None


def asset_past(events: Iterable[PastEvent], today: Mapping[str, int]) -> AssetPast:
    """Return the past that the events tell, with today as it is counted."""
    kept = [kept_figures(event) for event in events if event.act == FIGURES_KEPT]
    day = timezone.localdate()
    figures = PastFigures.until_today(kept, DayFigures(day, AssetCounts(day, **today), None))
    return AssetPast(figures)


def kept_figures(event: PastEvent) -> DayFigures[AssetCounts]:
    """Return the figures of a day as their event tells them."""
    numbers = {name: int(event.facts[name]) for name in COMPLETENESS}
    day = date.fromisoformat(event.facts["day"])
    return DayFigures(day, AssetCounts(day, **numbers), event.noted)
