"""R10 and A7: the executive board has a seat in the committee, or four reports a year.

With a member of the executive board in the committee one report a year is the least; without
one it is four (the mandate's R10 read together with A7). Who sat there is checked for every day:
when an executive leaves, the quarters begin. A report counts from the day the minutes that
approved it were approved themselves, if its agenda item had a file; a quarter has one report,
however many were approved in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import APPROVING, EXECUTIVE, Measure
from kommissorium.measures.days import QUARTER, SOON, year_before
from kommissorium.measures.findings import (
    Evidence,
    Finding,
    Question,
    Step,
    due_soon,
    fulfilled,
    not_fulfilled,
    not_yet_due,
)
from kommissorium.measures.history import History
from kommissorium.measures.kinds import DECISIONS, MEETINGS, ROLES, SEATS, reads
from kommissorium.measures.rules.calendars import Demand, Rate, demand, is_near, per_year
from kommissorium.measures.rules.evidence import (
    of_decision,
    of_minutes,
    of_role,
    of_seat,
    open_next_agenda,
)
from kommissorium.measures.said import Words, _, day, joined, ngettext

QUARTERLY, YEARLY = 4, 1
RECEIVED: Final = "reports_received"  # the aspect of a register that is asked for it
LONGEST: Final = timedelta(days=100)  # between two reports while they are quarterly


@reads(SEATS, ROLES, MEETINGS, DECISIONS, asks=(RECEIVED,))
def management_support(clause: Clause, history: History, asked: Question) -> Finding:
    """R10: a member of the executive board holds a seat and comes, or the reports are quarterly."""
    if history.has_executive_on(asked.on):
        return _by_presence(clause, history, asked)
    lead = _(
        "No member of the executive board sits in the committee, so the board must have a report every quarter."
    )
    return _reports(clause, history, asked, support_rate, lead)


@reads(SEATS, ROLES, MEETINGS, DECISIONS, asks=(RECEIVED,))
def executive_reporting(clause: Clause, history: History, asked: Question) -> Finding:
    """A7: reports the board has received in the twelve months that end on the date."""
    lead: Words = ""
    if not history.has_executive_on(asked.on):
        lead = _(
            "No member of the executive board sits in the committee, so the reports are quarterly."
        )
    return _reports(clause, history, asked, reporting_rate, lead)


def _by_presence(clause: Clause, history: History, asked: Question) -> Finding:
    """Return whether the executive board was at the meetings of twelve months in which it had a seat.

    One meeting without it is amber; after more the board must have its reports instead.
    """
    held = history.minuted_between(year_before(asked.on), asked.on)
    told = [one for one in held if one.who and history.has_executive_on(one.day)]
    there = [one for one in told if (one.who or set()) & set(history.with_role(EXECUTIVE, one.day))]
    evidence = [*executive_evidence(history, asked.on), *map(of_minutes, there)]
    sits = _("A member of the executive board sits in the committee.")
    if there:
        text = ngettext(
            "A member of the executive board sits in the committee and came to %(there)d of "
            "%(number)d meeting of the last twelve months.",
            "A member of the executive board sits in the committee and came to %(there)d of "
            "%(number)d meetings of the last twelve months.",
            len(told),
        )
        return fulfilled(text % {"there": len(there), "number": len(told)}, *evidence)
    step = open_next_agenda(history, asked.on)
    if not told:
        unseen = joined(sits, _("No meeting has shown yet whether the board comes."))
        begun = year_before(asked.on)
        is_old = asked.since <= begun and history.has_executive_on(begun)
        return due_soon(unseen, *evidence, step=step) if is_old else fulfilled(unseen, *evidence)
    text = ngettext(
        "A member of the executive board sits in the committee, but came to none of its "
        "%(number)d meeting of the last twelve months.",
        "A member of the executive board sits in the committee, but came to none of its "
        "%(number)d meetings of the last twelve months.",
        len(told),
    ) % {"number": len(told)}
    if len(told) == 1:
        return due_soon(text, *evidence, *map(of_minutes, told), step=step)
    lead = joined(text, _("The board must have a report every quarter instead."))
    return _reports(clause, history, asked, absent_rate, lead)


def absent_rate(clause: Clause, _executive: bool) -> int:
    """Return the number of reports a year where the executive board has a seat and does not come."""
    return per_year(clause, QUARTERLY)


def support_rate(clause: Clause, executive: bool) -> int:
    return 0 if executive else per_year(clause, QUARTERLY)


def reporting_rate(clause: Clause, executive: bool) -> int:
    least = per_year(clause, YEARLY)
    return least if executive else max(clause.max_per_year or QUARTERLY, least)


def executive_evidence(history: History, on: date) -> list[Evidence]:
    """Return the seats that executives held, and since when they are on the board."""
    return [
        evidence
        for seat, term in history.executive_seats_on(on)
        for evidence in (of_seat(seat, history, on), of_role(EXECUTIVE, term, history, on))
    ]


@dataclass(frozen=True)
class _Received:
    """The reports that the board has had, the oldest first; what the register says of them."""

    evidence: Sequence[Evidence]
    sentence: Words = ""
    step: Step | None = None

    @classmethod
    def told(cls, clause: Clause, history: History, asked: Question) -> _Received:
        before, finding = _of_before(history, asked.on), history.aspect(RECEIVED, clause, asked)
        if finding is None:
            return cls(before)
        found = sorted((*before, *finding.evidence), key=lambda one: one.on or date.min)
        return cls(found, finding.sentence, finding.step)

    def between(self, first: date, last: date) -> list[Evidence]:
        """Return those in the span of days: one in a quarter, the first."""
        found: dict[tuple[int, int], Evidence] = {}
        for one in self.evidence:
            if one.on and first <= one.on <= last:
                found.setdefault((one.on.year, (one.on.month - 1) // QUARTER), one)
        return list(found.values())

    def gap(self, first: date, last: date) -> tuple[date, date] | None:
        """Return the first stretch of the days that is too long without a report."""
        days = [one.on for one in self.evidence if one.on and first < one.on <= last]
        stretches = zip([first, *days], [*days, last])
        return next(((one, two) for one, two in stretches if two - one > LONGEST), None)


def _of_before(history: History, last: date) -> list[Evidence]:
    """Return the approvals from before the program, whose items had a file."""
    began = history.measured_from
    if began is None:
        return []
    made = history.decided_between(date.min, min(last, began - timedelta(days=1)))
    approved = (
        one
        for one in made
        if one.measure == Measure.EXECUTIVE_REPORTING and one.outcome in APPROVING and one.has_annex
    )
    return [of_decision(one) for one in approved]


def _reports(clause: Clause, history: History, asked: Question, rate: Rate, lead: Words) -> Finding:
    on = asked.on
    wanted = demand(history, clause, on, rate)
    told = _Received.told(clause, history, asked)
    found = told.between(year_before(on), on)
    step = told.step or open_next_agenda(history, on)
    if not found and wanted.first_due:
        first = _("The first report is due by %(day)s.") % {"day": day(wanted.first_due)}
        text = joined(lead, first, told.sentence)
        is_soon = is_near(wanted.first_due, on)
        return due_soon(text, step=step) if is_soon else not_yet_due(text, step=step)
    text = joined(lead, _of_reports(found, wanted), told.sentence)
    if len(found) < wanted.due:
        return not_fulfilled(text, *found, step=step)
    is_quarterly = rate is absent_rate or not history.has_executive_on(on)
    begins = max(year_before(on), wanted.since, asked.since)
    if is_quarterly and (gap := told.gap(begins, on)):
        return not_fulfilled(joined(text, _of_gap(*gap)), *found, step=step)
    later = told.between(year_before(on + SOON), on)
    is_few = len(later) < demand(history, clause, on, rate, ahead=SOON).due
    if is_few or (is_quarterly and told.gap(begins, on + SOON)):
        more = _("It will be too few in a month.")
        return due_soon(joined(text, more), *found, step=step)
    return fulfilled(text, *found)


def _of_reports(found: list[Evidence], wanted: Demand) -> Words:
    none = _("The board received no report in the last twelve months; %(wanted)d is the least.")
    some = ngettext(
        "The board received a report in %(number)d quarter of the last twelve months; "
        "%(wanted)d is the least.",
        "The board received a report in %(number)d quarters of the last twelve months; "
        "%(wanted)d is the least.",
        len(found),
    )
    text = (some if found else none) % {"number": len(found), "wanted": wanted.a_year}
    if wanted.is_whole:
        return text
    so_far = _("That holds since %(day)s, so by now it is %(due)d.")
    return joined(text, so_far % {"day": day(wanted.since), "due": wanted.due})


def _of_gap(first: date, last: date) -> Words:
    text = _("From %(first)s to %(last)s is too long for one in each quarter.")
    return text % {"first": day(first), "last": day(last)}
