"""K1 and K2: how often the committee meets and how far ahead it plans, by what a mandate demands.

A committee in its first year, one whose program was just taken into use, a mandate that has
just begun to ask for more, and an executive who has just left: in all four the demand grows day
by day from when it began, and is whole when a year has gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Final

from kommissorium.measures.clauses import Clause, same_clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.days import QUARTER, SOON, add_months, year_before
from kommissorium.measures.findings import (
    Finding,
    Question,
    due_soon,
    fulfilled,
    not_fulfilled,
    not_yet_due,
)
from kommissorium.measures.history import History
from kommissorium.measures.meetings import CalendarFact, PastMeeting
from kommissorium.measures.rules.evidence import of_calendar, of_minutes, plan_the_year
from kommissorium.measures.said import Words, _, day, joined, listed, ngettext

Rate = Callable[[Clause, bool], int]  # how many a year; whether an executive has a seat


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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
    for begins, end in zip(days, ends):
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


DEFAULT_NUMBER: Final = 4  # of meetings a year
HORIZON_MONTHS: Final = 6  # planned ahead
DAYS: Final = 365  # in a year
MINUTES_WITHIN: Final = timedelta(days=60)  # a meeting whose minutes come later does not count


def meetings_per_year(clause: Clause, history: History, asked: Question) -> Finding:
    """K1: count the meetings of twelve months that were attended and whose minutes are approved.

    One of the last sixty days may still wait for its minutes.
    """
    on = asked.on
    wanted = demand(history, clause, on, meetings_a_year)
    held = history.minuted_between(year_before(on), on)
    waiting = _without_minutes(history, on)
    evidence = [of_minutes(meeting) for meeting in [*waiting, *held]]
    step = plan_the_year(history)
    if not held and not waiting and wanted.first_due:
        text = _no_meeting_yet(wanted.since, wanted.first_due)
        is_soon = is_near(wanted.first_due, on)
        return due_soon(text, step=step) if is_soon else not_yet_due(text, step=step)
    text = joined(_of_meetings(held, wanted), _attendance(held), _waits(waiting))
    if len(held) + len(waiting) < wanted.due:
        return not_fulfilled(text, *evidence, step=step)
    if len(held) < wanted.due:
        return due_soon(text, *evidence, step=step)
    if _lapses_soon(clause, history, on):
        more = _("It will be too few in a month unless another meeting is planned before then.")
        return due_soon(joined(text, more), *evidence, step=step)
    return fulfilled(text, *evidence)


def calendar_horizon(clause: Clause, history: History, asked: Question) -> Finding:
    """K2: meetings are in the calendar, with time and place, as far ahead as is asked.

    They reach so far, and are so many that the committee can meet as often as K1 asks.
    """
    on, months = asked.on, clause.horizon_months or HORIZON_MONTHS
    coming = [f for f in history.calendar_on(on).values() if f.starts_on and f.starts_on >= on]
    placed = sorted((f for f in coming if f.has_place), key=lambda f: f.starts_on or on)
    step = plan_the_year(history)
    if not placed:
        text = _("The calendar has no coming meeting with time and place.")
        return not_fulfilled(text, *map(of_calendar, coming), step=step)
    evidence = [of_calendar(fact) for fact in placed]
    until, last = add_months(on, months), placed[-1].starts_on or on
    beyond = next((fact for fact in placed if (fact.starts_on or on) >= until), placed[-1])
    end = beyond.starts_on or on
    there, wanted = placed.index(beyond) + 1, _wanted_until(history, on, end)
    said = _of_calendar(there, wanted, months, end)
    if last < until or there < wanted:
        return not_fulfilled(said, *evidence, step=step)
    if any(not fact.has_place and (fact.starts_on or on) <= until for fact in coming):
        more = _("A meeting before then has no place yet.")
        return due_soon(joined(said, more), *evidence, step=step)
    if last < add_months(on + SOON, months):
        return due_soon(said, *evidence, step=step)
    return fulfilled(said, *evidence)


def meetings_a_year(clause: Clause, _executive: bool) -> int:
    """Return the number of meetings a year the clause asks for."""
    return per_year(clause, DEFAULT_NUMBER)


def _wanted_until(history: History, on: date, end: date) -> int:
    """Return the number of meetings K1 needs from the day to the end."""
    clauses = history.clauses_on(on)
    clause = next((one for one in clauses if one.measure == Measure.MEETINGS_PER_YEAR), None)
    a_year = meetings_a_year(clause, _executive=False) if clause else 1
    return max(1, a_year * (end - on).days // DAYS)


def _without_minutes(history: History, on: date) -> list[PastMeeting]:
    """Return the meetings of the last sixty days that wait for their minutes."""
    held = history.held_between(on - MINUTES_WITHIN, on)
    return [one for one in held if not one.was_minuted_by(history.known) and one.was_attended]


def _no_meeting_yet(since: date, first_due: date) -> Words:
    text = _("The committee works by this since %(since)s. The first meeting is due by %(due)s.")
    return text % {"since": day(since), "due": day(first_due)}


def _of_meetings(held: Sequence[PastMeeting], wanted: Demand) -> Words:
    text = ngettext(
        "%(number)d meeting with minutes sent out was held in the last twelve months; the mandate "
        "asks for %(wanted)d.",
        "%(number)d meetings with minutes sent out were held in the last twelve months; the "
        "mandate asks for %(wanted)d.",
        len(held),
    ) % {"number": len(held), "wanted": wanted.a_year}
    if not wanted.is_whole:
        so_far = _("That holds since %(day)s, so by now it is %(due)d.")
        return joined(text, so_far % {"day": day(wanted.since), "due": wanted.due})
    return text


def _attendance(held: Sequence[PastMeeting]) -> Words:
    told = [one for one in reversed(held) if one.present is not None and one.seats]
    if not told:
        return ""
    numbers = listed(
        _("%(number)s of %(total)s") % {"number": one.present, "total": one.seats} for one in told
    )
    return _("Members present: %(numbers)s.") % {"numbers": numbers}


def _waits(waiting: Sequence[PastMeeting]) -> Words:
    names = ", ".join(one.label for one in waiting)
    return _("Minutes not sent out yet: %(meetings)s.") % {"meetings": names} if names else ""


def _of_calendar(there: int, wanted: int, months: int, last: date) -> Words:
    text = ngettext(
        "%(there)d meeting stands in the calendar, which is planned until %(day)s. The mandate "
        "asks for %(months)d months ahead, and in that time for %(wanted)d at least.",
        "%(there)d meetings stand in the calendar, which is planned until %(day)s. The mandate "
        "asks for %(months)d months ahead, and in that time for %(wanted)d at least.",
        there,
    )
    return text % {"there": there, "months": months, "wanted": wanted, "day": day(last)}


def _lapses_soon(clause: Clause, history: History, on: date) -> bool:
    """Return whether the meetings held and planned do not suffice thirty days later."""
    later = on + SOON
    held = history.held_between(year_before(later), on)
    known: Sequence[CalendarFact] = list(history.calendar_on(on).values())
    coming = [fact for fact in known if fact.starts_on and on < fact.starts_on <= later]
    wanted = demand(history, clause, on, meetings_a_year, ahead=SOON)
    return len(held) + len(coming) < wanted.due
