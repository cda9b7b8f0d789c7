"""What the registers were like, day by day, as the checks see it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kommissorium.assets.current_counts import AssetCounts
from kommissorium.compliance.noting import Noted

FIGURES = (
    *("systems", "data_sets", "archives", "systems_owned", "data_sets_owned", "archives_owned"),
    *("required", "current", "expired", "owners", "owners_read"),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How complete the registers were on a day. `noted` is None for today, which is counted."""

    standing: AssetCounts
    noted: Noted | None

    @property
    def day(self) -> date:
        return self.standing.day


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
class Registers:
    """The past of the registers: figures by day, the oldest first, and the guidelines."""

    figures: Sequence[Figures]
    guidelines: Sequence[IssuedGuideline]  # the one that took effect first, first

    def on(self, day: date) -> Figures | None:
        """Return the figures known when the day ended; None where nothing was registered yet."""
        at = bisect_right(self._days, day)
        found = self.figures[at - 1] if at else None
        return found if found and found.standing.assets else None

    def noted_until(self, day: date) -> Figures | None:
        """Return the newest figures that the chain holds, known when the day ended."""
        known = reversed(self.figures[: bisect_right(self._days, day)])
        return next((one for one in known if one.noted), None)

    @cached_property
    def _days(self) -> list[date]:
        return [one.day for one in self.figures]

    def guideline_on(self, day: date) -> IssuedGuideline | None:
        """Return the guidelines in force on the day, as they were known then."""
        known = [one for one in self.guidelines if max(one.issued_on, one.effective_from) <= day]
        return known[-1] if known else None


def kept_figures(facts: Mapping[str, Any], noted: Noted) -> Figures:
    """Return the figures of a day as their event tells them."""
    numbers = {name: int(facts[name]) for name in FIGURES}
    return Figures(AssetCounts(date.fromisoformat(facts["day"]), **numbers), noted)


def issued_guideline(key: int, facts: Mapping[str, Any], noted: Noted) -> IssuedGuideline:
    """Return a version of the guidelines as the event of its issue tells of it."""
    begins, until = date.fromisoformat(facts["from"]), date.fromisoformat(facts["until"])
    return IssuedGuideline(key, facts["version"], noted.on, begins, until, noted)


def registers_of(
    figures: Iterable[Figures], guidelines: Iterable[IssuedGuideline], now: AssetCounts
) -> Registers:
    """Return the past of the registers from what the chain tells, with today as it is counted."""
    past = sorted((one for one in figures if one.day < now.day), key=lambda one: one.day)
    issued = sorted(guidelines, key=lambda one: (one.effective_from, one.version))
    return Registers([*past, Figures(now, None)], issued)
