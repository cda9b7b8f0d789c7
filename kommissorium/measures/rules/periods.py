"""Findings on what a committee is to approve in time: statuses, reports, and evaluations.

An evaluation: one late of the newest two is amber, two are red, and so is one that lacks. What
lies thirty days ahead is amber.

A status is in time until the quarter after the one it tells of has ended: figures are whole
then, and a meeting lies between. One late of the newest four is amber, two are red, and so is
one that lacks. Why: docs/decisions/0027.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from kommissorium.measures.activities import ActivityPast
from kommissorium.measures.clauses import Clause
from kommissorium.measures.days import SOON
from kommissorium.measures.findings import (
    Evidence,
    Finding,
    Noted,
    Question,
    Step,
    due_soon,
    fulfilled,
    not_fulfilled,
    not_yet_due,
)
from kommissorium.measures.past import ApprovedKind, ApprovedProposal, DecidedBy
from kommissorium.measures.periods import Half, Quarter
from kommissorium.measures.rules.chair import is_rejected, unless_alone
from kommissorium.measures.said import Said, Words, _, day, joined, link, listed

HALVES_A_YEAR: Final = 2


def half_years_evaluated(
    evaluation: ApprovedKind, home: str, past: ActivityPast, asked: Question
) -> Finding:
    """Return whether the newest two half-years whose time is up are evaluated, each in time.

    The facts of an evaluation say its `year` and the `number` of the half.
    """
    found = _evaluated(past, asked)
    rows = [(one.by, half.words) for half, one in list(found.items())[:HALVES_A_YEAR]]
    text = _("The chair approved the evaluation of %(names)s.")
    return unless_alone(_in_time(evaluation, home, found, asked), rows, asked, text)


def _in_time(
    evaluation: ApprovedKind, home: str, found: dict[Half, ApprovedProposal], asked: Question
) -> Finding:
    owed = _owed(asked)
    evidence = [one.evidence(evaluation) for one in list(found.values())[: HALVES_A_YEAR + 1]]
    step = Step(_("Evaluate a half-year"), link(home))
    missing = [half for half in owed if half not in found]
    late = [half for half in owed if half in found and found[half].decided > half.due]
    if missing:
        names = listed(half.words for half in missing)
        text = _("No evaluation was approved of: %(halves)s.") % {"halves": names}
        return not_fulfilled(joined(text, _late_halves(late, found)), *evidence, step=step)
    if len(late) > 1:
        return not_fulfilled(_late_halves(late, found), *evidence, step=step)
    coming = _coming(asked, found)
    if not found:
        none = joined(_("No evaluation has been approved yet."), _half_to_come(coming))
        is_near = coming.due <= asked.on + SOON
        return due_soon(none, step=step) if is_near else not_yet_due(none, step=step)
    newest = next(iter(found))
    values = {"half": newest.words, "day": day(found[newest].decided)}
    text = _("The newest evaluation, of %(half)s, was approved on %(day)s.") % values
    if late:
        more = _("One more late, and it is not fulfilled.")
        return due_soon(joined(_late_halves(late, found), more), *evidence, step=step)
    if coming.has_ended(asked.on) and coming.due <= asked.on + SOON:
        return due_soon(joined(text, _half_to_come(coming)), *evidence, step=step)
    return fulfilled(text, *evidence)


def _owed(asked: Question) -> list[Half]:
    """Return the newest two half-years whose time is up, of those measured from their first day."""
    half, found = Half.of(asked.on).before, list[Half]()
    while len(found) < HALVES_A_YEAR and half >= _first(asked):
        if half.due <= asked.on:
            found.append(half)
        half = half.before
    return found


def _evaluated(past: ActivityPast, asked: Question) -> dict[Half, ApprovedProposal]:
    """Return what this committee evaluated, the newest half first; of two of one half the first."""
    found: dict[Half, ApprovedProposal] = {}
    for one in past.evaluations_on(asked):
        half = Half(one.facts["year"], one.facts["number"])
        is_ours = one.by.key == asked.committee and not is_rejected(one.by, asked)
        if is_ours and half.has_ended(one.decided):
            found.setdefault(half, one)
    return {half: found[half] for half in sorted(found, reverse=True)}


def _coming(asked: Question, found: dict[Half, ApprovedProposal]) -> Half:
    """Return the first half-year measured whose time is not up and that is not evaluated."""
    half = Half.of(asked.on)
    ended = half.before
    waits = ended.due > asked.on and ended not in found
    return max(_first(asked), ended if waits else half)


def _first(asked: Question) -> Half:
    """Return the first half-year that was measured from its first day."""
    half = Half.of(asked.since)
    return half if half.first >= asked.since else half.after


def _half_to_come(half: Half) -> Words:
    values = {"half": half.words, "day": day(half.due)}
    return _("%(half)s is to be evaluated by %(day)s.") % values


def _late_halves(late: Sequence[Half], found: dict[Half, ApprovedProposal]) -> Words:
    text = _("%(half)s was evaluated on %(day)s, and its time was up on %(due)s.")
    return joined(
        *(
            text % {"half": half.words, "day": day(found[half].decided), "due": day(half.due)}
            for half in late
        )
    )


QUARTERS_A_YEAR: Final = 4
A = TypeVar("A", bound="ApprovedQuarter")


@dataclass(frozen=True)
class ApprovedQuarter:
    """Something about a quarter that was approved on a day, known from `noted.on`."""

    key: int
    quarter: Quarter
    decided: date
    noted: Noted
    by: DecidedBy

    @property
    def is_in_time(self) -> bool:
        return self.decided <= self.quarter.due

    def is_known(self, asked: Question) -> bool:
        """Return whether this committee had approved it by the day, as far as it is known."""
        return (
            self.by.key == asked.committee
            and self.quarter.last < self.decided <= asked.on
            and self.noted.on <= asked.known
        )


@dataclass(frozen=True)
class QuarterStanding(Generic[A]):
    """Statuses of quarters on the day that is asked about: those that count, as approved.

    `evidence` makes the reference of one, `step` leads to where the next is made. `none` says that
    there is none yet and `newest` which is the newest: clauses with statuses of their own stand on
    one page, so each names its own.
    """

    clause: Clause
    asked: Question
    statuses: Iterable[A]
    evidence: Callable[[A], Evidence]
    step: Step
    none: Words
    newest: Said

    @property
    def finding(self) -> Finding:
        newest = list(self._approved().values())[:QUARTERS_A_YEAR]
        rows = [(one.by, one.quarter.words) for one in newest]
        text = _("The chair approved the status of %(names)s.")
        return unless_alone(self._in_time(), rows, self.asked, text)

    def _in_time(self) -> Finding:
        owed, found = self._owed(), self._approved()
        there = [found[one] for one in owed if one in found]
        missing = [one for one in owed if one not in found]
        late = [one for one in there if not one.is_in_time]
        evidence = [self.evidence(one) for one in list(found.values())[: QUARTERS_A_YEAR + 1]]
        wanted = len(owed) * min(self._a_year, QUARTERS_A_YEAR) // QUARTERS_A_YEAR
        if len(there) < wanted:
            return not_fulfilled(_missing(missing, late), *evidence, step=self.step)
        if len(late) > 1:
            return not_fulfilled(_late_quarters(late), *evidence, step=self.step)
        coming = self._coming(found)
        if not wanted and not found:
            return self._first(coming)
        text = self._newest(next(iter(found.values())))
        if late:
            more = _("One more late, and it is not fulfilled.")
            return due_soon(joined(_late_quarters(late), more), *evidence, step=self.step)
        if coming.has_ended(self.asked.on) and coming.due <= self.asked.on + SOON:
            return due_soon(joined(text, _quarter_to_come(coming)), *evidence, step=self.step)
        return fulfilled(text, *evidence)

    @property
    def _a_year(self) -> int:
        if self.clause.min_per_year:
            return self.clause.min_per_year
        return (
            max(1, 12 // self.clause.cadence_months)
            if self.clause.cadence_months
            else QUARTERS_A_YEAR
        )

    def _owed(self) -> list[Quarter]:
        """Return the newest four quarters whose time is up, of those measured from their first day."""
        quarter, first = Quarter.of(self.asked.on).before, Quarter.whole_from(self.asked.since)
        found: list[Quarter] = []
        while len(found) < QUARTERS_A_YEAR and quarter >= first:
            if quarter.due <= self.asked.on:
                found.append(quarter)
            quarter = quarter.before
        return found

    def _approved(self) -> dict[Quarter, A]:
        """Return what counts by its quarter, the newest first; of two of one quarter the first."""
        found: dict[Quarter, A] = {}
        for one in self.statuses:
            if not is_rejected(one.by, self.asked):
                found.setdefault(one.quarter, one)
        return {quarter: found[quarter] for quarter in sorted(found, reverse=True)}

    def _coming(self, found: Mapping[Quarter, A]) -> Quarter:
        """Return the first quarter measured whose time is not up and that lacks a status."""
        quarter = Quarter.of(self.asked.on)
        waits = quarter.before.due > self.asked.on and quarter.before not in found
        return max(Quarter.whole_from(self.asked.since), quarter.before if waits else quarter)

    def _newest(self, one: ApprovedQuarter) -> Words:
        return self.newest % {"quarter": one.quarter.words, "day": day(one.decided)}

    def _first(self, coming: Quarter) -> Finding:
        text = joined(self.none, _quarter_to_come(coming))
        if coming.due <= self.asked.on + SOON:
            return due_soon(text, step=self.step)
        return not_yet_due(text, step=self.step)


def _quarter_to_come(quarter: Quarter) -> Words:
    values = {"quarter": quarter.words, "day": day(quarter.due)}
    return _("The status of %(quarter)s is to be approved by %(day)s.") % values


def _missing(missing: Sequence[Quarter], late: Sequence[ApprovedQuarter]) -> Words:
    names = listed(one.words for one in missing)
    text = _("No status that counts was approved of: %(quarters)s.") % {"quarters": names}
    return joined(text, _late_quarters(late))


def _late_quarters(late: Sequence[ApprovedQuarter]) -> Words:
    text = _("The status of %(quarter)s was approved on %(day)s, and its time was up on %(due)s.")
    return joined(
        *(
            text
            % {"quarter": one.quarter.words, "day": day(one.decided), "due": day(one.quarter.due)}
            for one in late
        )
    )
