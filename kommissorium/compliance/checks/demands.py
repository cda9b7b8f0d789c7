"""The number a mandate asks for in the twelve months that end on a day.

A committee in its first year, one whose program was just taken into use, a mandate that has
just begun to ask for more, and an executive who has just left: in all four the demand grows day
by day from when it began, and is whole when a year has gone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from kommissorium.committees.models import Clause
from kommissorium.compliance.clause_identity import same_clause
from kommissorium.compliance.history import History
from kommissorium.meetings.year_plan import add_months
from kommissorium.registers.findings import QUARTER, year_before

type Rate = Callable[[Clause, bool], int]  # how many a year; whether an executive has a seat


@dataclass(frozen=True, slots=True)
class Demand:
    """`due` of `a_year` are demanded by now; that yearly number is demanded `since` that day.

    `first_due` is the day by which the first one must be there, where none is due yet.
    """

    a_year: int
    due: int
    since: date
    first_due: date | None

    @property
    def is_whole(self) -> bool:
        return self.due == self.a_year


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days through which the demand was the same."""

    first: date
    last: date
    a_year: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def demand(
    history: History, clause: Clause, on: date, rate: Rate, ahead: timedelta = timedelta(0)
) -> Demand:
    """Return the demand of the clause on the date, or `ahead` of it if nothing changes.

    What was to change after `on` is left out: on that day it may not have been known.
    """
    end = on + ahead
    begins = year_before(end)
    stretches = _stretches(history, clause, (begins, on), rate)
    a_year = stretches[-1].a_year
    since = on
    for stretch in reversed(stretches):
        if stretch.a_year != a_year:
            break
        since = stretch.first
    length = (end - begins).days + 1
    total = Fraction(sum(one.days * one.a_year for one in stretches), length)
    total += Fraction(ahead.days * a_year, length)
    due = min(a_year, floor(total))
    first = on + timedelta(days=ceil((1 - total) * length / a_year)) if a_year and not due else None
    return Demand(a_year, due, since, first)


def _stretches(
    history: History, clause: Clause, spell: tuple[date, date], rate: Rate
) -> list[_Stretch]:
    first, last = spell
    days = history.changes_between(first, last)
    ends = [day - timedelta(days=1) for day in days[1:]] + [last]
    found = []
    for begins, end in zip(days, ends, strict=True):
        then = same_clause(clause, history.clauses_on(begins))
        asks = then if _is_asked(history, begins, last) else None
        a_year = rate(asks, history.has_executive_on(begins)) if asks else 0
        found.append(_Stretch(begins, end, a_year))
    return found


def _is_asked(history: History, day: date, on: date) -> bool:
    """Return whether the day counts: the program was in use, or was not when it is asked.

    Of a day before the program the whole year is asked for; what is missing then is not measured.
    """
    began = history.measured_from
    return began is not None and (day >= began or on < began)


def is_near(day: date, on: date) -> bool:
    """Return whether the day lies within three months: time to do something about it."""
    return day <= add_months(on, QUARTER)


def per_year(clause: Clause, otherwise: int) -> int:
    """Return the number a year the clause asks for; `otherwise` where it says nothing."""
    if clause.min_per_year:
        return clause.min_per_year
    if clause.cadence_months:
        return max(1, 12 // clause.cadence_months)
    return otherwise
