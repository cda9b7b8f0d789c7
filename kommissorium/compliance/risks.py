"""What the risks were like, day by day, as the checks see it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from kommissorium.compliance.noting import Noted
from kommissorium.risks.current_counts import RiskCounts

DAYS: Final = {"day", "organisation_on"}


@dataclass(frozen=True, slots=True)
class RiskFigures:
    """How the risks stood on a day. `noted` is None for today, which is counted."""

    standing: RiskCounts
    noted: Noted | None

    @property
    def day(self) -> date:
        return self.standing.day


@dataclass(frozen=True, slots=True)
class ApprovedLevel:
    """A risk level the committee approved. It is known from `noted.on`, and holds from `begins`.

    `group` is the category it holds for; "" for all that have none of their own.
    """

    key: int
    year: int
    begins: date
    noted: Noted
    group: str = ""


@dataclass(frozen=True)
class Risks:
    """The past of the risks: figures by day, levels as approved, and when assessments were."""

    figures: Sequence[RiskFigures]  # the oldest first
    levels: Sequence[ApprovedLevel] = ()  # in the order they were approved
    approved: Mapping[int, Noted] | None = None  # by the key of the assessment

    def on(self, day: date) -> RiskCounts | None:
        """Return how they stood when the day ended; None where no risk was assessed yet."""
        found = self.figures_on(day)
        return found.standing if found else None

    def figures_on(self, day: date) -> RiskFigures | None:
        """Return the figures known when the day ended; None where no risk was assessed yet."""
        at = bisect_right([one.day for one in self.figures], day)
        found = self.figures[at - 1] if at else None
        return found if found and found.standing.risks else None

    def noted_until(self, day: date) -> RiskFigures | None:
        """Return the newest figures that the chain holds, known when the day ended."""
        known = [one for one in self.figures if one.day <= day and one.noted]
        return known[-1] if known else None

    def levels_between(self, first: date, last: date) -> list[ApprovedLevel]:
        """Return the levels approved from the first day on and known on the last."""
        return [one for one in self.levels if first <= one.noted.on <= last]

    def approval_of(self, assessment: int | None) -> Noted | None:
        """Return the event by which the chain knows that an assessment was approved."""
        return (self.approved or {}).get(assessment or 0)


def kept_risks(facts: Mapping[str, Any], noted: Noted) -> RiskFigures:
    """Return the figures of a day as their event tells them."""
    names = [one.name for one in fields(RiskCounts) if one.name in facts]
    values: dict[str, Any] = {
        name: _day(facts[name]) if name in DAYS else facts[name] for name in names
    }
    return RiskFigures(RiskCounts(**values), noted)


def approved_level(key: int, facts: Mapping[str, Any], noted: Noted) -> ApprovedLevel:
    """Return a risk level as the event of its approval tells of it."""
    begins = date.fromisoformat(facts["from"])
    return ApprovedLevel(key, facts["year"], begins, noted, facts.get("group", ""))


def risks_of(
    figures: Iterable[RiskFigures],
    levels: Sequence[ApprovedLevel],
    approved: Mapping[int, Noted],
    now: RiskCounts,
) -> Risks:
    """Return the past of the risks from what the chain tells, with today as it is counted."""
    past = sorted((one for one in figures if one.day < now.day), key=lambda one: one.day)
    return Risks([*past, RiskFigures(now, None)], levels, approved)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
