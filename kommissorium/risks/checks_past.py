"""History of the risks, day by day, as their checks see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from django.utils import timezone

from kommissorium.registers.findings import Noted, Question
from kommissorium.registers.past import DayFigures, DecidedBy, PastEvent, PastFigures
from kommissorium.risks.current_counts import RiskCounts, count_risks

LEVEL_APPROVED: Final = "risks.level_approved"
ASSESSMENT_APPROVED: Final = "risks.assessment_approved"
FIGURES_KEPT: Final = "risks.figures_kept"
ACTS: Final = (LEVEL_APPROVED, ASSESSMENT_APPROVED, FIGURES_KEPT)
NAMES: Final = tuple(one.name for one in fields(RiskCounts) if one.name != "day")


@dataclass(frozen=True, slots=True)
class ApprovedLevel:
    """A risk level the committee approved. It is known from `noted.on`, and holds from `begins`.

    `group` is the category it holds for; "" for all that have none of their own.
    """

    key: int
    year: int
    begins: date
    noted: Noted
    by: DecidedBy
    group: str = ""


@dataclass(frozen=True)
class RiskPast:
    """The past of the risks: figures by day, levels as approved, and when assessments were.

    A day whose own figures were kept is told by them, any other is counted (`count`), once.
    """

    figures: PastFigures[RiskCounts]
    levels: Sequence[ApprovedLevel] = ()  # in the order they were approved
    approved: Mapping[int, Noted] = field(default_factory=dict)  # by the key of the assessment
    count: Callable[[date], RiskCounts] = count_risks
    counted: dict[date, RiskCounts] = field(default_factory=dict)

    def on(self, asked: Question) -> RiskCounts | None:
        """Return how they stood when the day ended; None where no risk was assessed yet."""
        numbers = self._numbers(asked)
        return numbers if numbers.risks else None

    def levels_known(self, asked: Question) -> list[ApprovedLevel]:
        """Return the levels approved by the day, as far as they are known."""
        return [one for one in self.levels if one.noted.on <= min(asked.on, asked.known)]

    def _numbers(self, asked: Question) -> RiskCounts:
        found = self.figures.newest(asked.on)
        if found and found.day == asked.on:
            return found.numbers
        if all(noted.on > asked.on for noted in self.approved.values()):
            return RiskCounts(asked.on)
        if asked.on not in self.counted:
            self.counted[asked.on] = self.count(asked.on)
        return self.counted[asked.on]


def risk_past(events: Iterable[PastEvent], today: Mapping[str, int]) -> RiskPast:
    """Return the past that the events tell, with today as it is counted."""
    kept, levels, approved = [], [], {}
    for event in events:
        if event.act == LEVEL_APPROVED:
            levels.append(approved_level(event))
        elif event.act == ASSESSMENT_APPROVED:
            approved[event.key] = event.noted
        elif event.act == FIGURES_KEPT:
            kept.append(kept_figures(event))
    day = timezone.localdate()
    counted = DayFigures(day, RiskCounts.of(day, today), None)
    return RiskPast(PastFigures.until_today(kept, counted), levels, approved)


def kept_figures(event: PastEvent) -> DayFigures[RiskCounts]:
    """Return the figures of a day as their event tells them."""
    facts = event.facts
    values: dict[str, Any] = {name: facts[name] for name in NAMES if name in facts}
    if since := facts.get("organisation_on"):
        values["organisation_on"] = date.fromisoformat(since)
    day = date.fromisoformat(facts["day"])
    return DayFigures(day, RiskCounts(day, **values), event.noted)


def approved_level(event: PastEvent) -> ApprovedLevel:
    """Return a risk level as the event of its approval tells of it."""
    facts = event.facts
    begins = date.fromisoformat(facts["from"])
    who = DecidedBy.told_by(facts)
    return ApprovedLevel(event.key, facts["year"], begins, event.noted, who, facts.get("group", ""))
