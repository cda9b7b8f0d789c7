"""The past of the risks, day by day, as their rules look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Final

from kommissorium.measures.findings import (
    Noted,
    Question,
)
from kommissorium.measures.past import DayFigures, DecidedBy, PastEvent, PastFigures, Today


@dataclass(frozen=True)
class RiskCounts:
    """The risks of the municipality as they were when `day` ended, or are today.

    Of those `above` the level some have a plan that stands, some are accepted, some both; `open`
    have neither. `slipped` of the open ones have a plan that does not go as planned: late, put
    off beyond the day the committee decided on, or impossible; `far` others one that is due more
    than twelve months ahead, of which it has not decided; `finished` others one that was done more
    than sixty days ago, without the risk being assessed since. `lapsing` will have neither within
    30 days. `kroner` is all that is accepted and in force on the day, above the level or not.
    `critical` systems are `covered` by an approved assessment of the last twelve months; the
    newest of the whole `organisation` (its key) is in force since `organisation_on`.
    """

    day: date
    risks: int = 0
    above: int = 0
    planned: int = 0
    accepted: int = 0
    open: int = 0
    slipped: int = 0
    far: int = 0
    finished: int = 0
    lapsing: int = 0
    kroner: int = 0
    critical: int = 0
    covered: int = 0
    organisation: int | None = None
    organisation_on: date | None = None

    @classmethod
    def of(cls, day: date, numbers: Mapping[str, int]) -> RiskCounts:
        """Return it from the whole numbers it was told in."""
        values: dict[str, Any] = dict(numbers)
        if since := numbers.get("organisation_on"):
            values["organisation_on"] = date.fromordinal(since)
        return cls(day, **values)

    @property
    def numbers(self) -> dict[str, int]:
        """Return it without the day in whole numbers alone: a date as its ordinal, no None."""
        values = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "day"}
        if self.organisation_on:
            values["organisation_on"] = self.organisation_on.toordinal()
        return {name: value for name, value in values.items() if value is not None}


# Where threats come from: the categories a risk level can be set for.
GROUPS: Final = (
    *("cyber", "people", "measures", "supplier"),
    *("system", "physical", "operations", "network"),
)
LEVEL_APPROVED: Final = "risks.level_approved"
ASSESSMENT_APPROVED: Final = "risks.assessment_approved"
FIGURES_KEPT: Final = "risks.figures_kept"
ACTS: Final = (LEVEL_APPROVED, ASSESSMENT_APPROVED, FIGURES_KEPT)
NAMES: Final = tuple(one.name for one in fields(RiskCounts) if one.name != "day")


@dataclass(frozen=True)
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
    count: Callable[[date], RiskCounts] = RiskCounts
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


def risk_past(
    events: Iterable[PastEvent], today: Today, count: Callable[[date], RiskCounts] = RiskCounts
) -> RiskPast:
    """Return the past that the events tell; `count` counts a day whose figures were not kept."""
    kept, levels, approved = [], [], {}
    for event in events:
        if event.act == LEVEL_APPROVED:
            levels.append(approved_level(event))
        elif event.act == ASSESSMENT_APPROVED:
            approved[event.key] = event.noted
        elif event.act == FIGURES_KEPT:
            kept.append(kept_figures(event))
    counted = DayFigures(today.day, RiskCounts.of(today.day, today.numbers), None)
    return RiskPast(PastFigures.until_today(kept, counted), levels, approved, count)


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
