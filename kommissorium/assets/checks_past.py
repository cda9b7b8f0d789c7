"""What the registers of assets were like, day by day, as their checks see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from kommissorium.assets.current_counts import AssetCounts
from kommissorium.assets.figures import COMPLETENESS
from kommissorium.registers.findings import Noted, Question
from kommissorium.registers.past import DayFigures, PastEvent, PastFigures

GUIDELINE_ISSUED: Final = "assets.guideline_issued"
FIGURES_KEPT: Final = "assets.figures_kept"
ACTS: Final = (GUIDELINE_ISSUED, FIGURES_KEPT)


@dataclass(frozen=True, slots=True)
class IssuedGuideline:
    """A version of the guidelines for owners. It is known from `issued_on`."""

    key: int
    version: int
    issued_on: date
    effective_from: date
    review_by: date
    noted: Noted


@dataclass(frozen=True)
class AssetPast:
    """The past of the registers: figures by day, and the guidelines."""

    figures: PastFigures[AssetCounts]
    guidelines: Sequence[IssuedGuideline] = ()  # the one that took effect first, first

    def on(self, day: date) -> AssetCounts | None:
        """Return how they stood when the day ended; None where nothing was, or nothing tells."""
        found = self.figures.on(day)
        return found.numbers if found and found.numbers.assets else None

    def guideline_on(self, asked: Question) -> IssuedGuideline | None:
        """Return the guidelines in force on the day, as far as they are known."""
        known = [one for one in self.guidelines if one.issued_on <= asked.known]
        begun = [one for one in known if one.effective_from <= asked.on]
        return begun[-1] if begun else None


def asset_past(events: Iterable[PastEvent], today: Mapping[str, int]) -> AssetPast:
    """Return the past that the events tell, with today as it is counted."""
    kept, issued = [], []
    for event in events:
        if event.act == GUIDELINE_ISSUED:
            issued.append(_issued_guideline(event))
        elif event.act == FIGURES_KEPT:
            kept.append(kept_figures(event))
    day = timezone.localdate()
    figures = PastFigures.until_today(kept, DayFigures(day, AssetCounts(day, **today), None))
    return AssetPast(figures, sorted(issued, key=lambda one: (one.effective_from, one.version)))


def kept_figures(event: PastEvent) -> DayFigures[AssetCounts]:
    """Return the figures of a day as their event tells them."""
    numbers = {name: int(event.facts[name]) for name in COMPLETENESS}
    day = date.fromisoformat(event.facts["day"])
    return DayFigures(day, AssetCounts(day, **numbers), event.noted)


def _issued_guideline(event: PastEvent) -> IssuedGuideline:
    facts, noted = event.facts, event.noted
    begins, until = date.fromisoformat(facts["from"]), date.fromisoformat(facts["until"])
    return IssuedGuideline(event.key, facts["version"], noted.on, begins, until, noted)
