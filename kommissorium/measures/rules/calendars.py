"""K1 and K2: how often the committee meets and how far ahead it plans, by what a mandate demands.

Where a committee or the program is new, a mandate has just begun to ask for more, or an executive has
just left, the demand grows day by day from when it began, and is whole when a year has gone.
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
from kommissorium.measures.kinds import CALENDAR, MEETINGS, ROLES, SEATS, reads
from kommissorium.measures.meetings import PastMeeting
from kommissorium.measures.rules.evidence import (
    earlier_in_words,
    of_calendar,
    of_minutes,
    plan_the_year,
)
from kommissorium.measures.said import Words, _, day, joined, listed, ngettext

Rate = Callable[[Clause, bool], int]  # how many a year; whether an executive has a seat


@dataclass(frozen=True)
class Demand:
    """`due` of `a_year` are demanded by now; that yearly number is demanded `since` that day.

    Any at all are since `begun`, of the days looked at. By `first_due` the first is due, where none is.
    """

    a_year: int
    due: int
    since: date
    first_due: date | None
    begun: date

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
    begun = next((one.first for one in stretches if one.a_year), on)
    return Demand(a_year, due, since, first, begun)


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


@reads(SEATS, ROLES, MEETINGS)
def meetings_per_year(clause: Clause, history: History, asked: Question) -> Finding:
    """K1: count the meetings of twelve months that were attended and whose minutes are approved.

    Those from before it was asked for are none of them. One of the last sixty days may still wait
    for its minutes.
    """
    on = asked.on
    wanted = demand(history, clause, on, meetings_a_year)
    held = _asked_for(history.minuted_between(year_before(on), on), clause, history, on)
    waiting = _asked_for(_without_minutes(history, on), clause, history, on)
    evidence = [of_minutes(meeting) for meeting in [*waiting, *held]]
    step, earlier = plan_the_year(history), earlier_in_words(history, on)
    if not held and not waiting and wanted.first_due:
        text = joined(_no_meeting_yet(wanted.since, wanted.first_due), earlier)
        is_soon = is_near(wanted.first_due, on)
        return due_soon(text, step=step) if is_soon else not_yet_due(text, step=step)
    counted = _of_meetings(held, wanted, on)
    text = joined(counted, _attendance(held), _waits(waiting), earlier)
    if len(held) + len(waiting) < wanted.due:
        return not_fulfilled(text, *evidence, step=step)
    if len(held) < wanted.due:
        return due_soon(text, *evidence, step=step)
    if _lapses_soon(clause, history, on):
        more = _("It will be too few in a month unless another meeting is planned before then.")
        return due_soon(joined(text, more), *evidence, step=step)
    return fulfilled(text, *evidence)


@reads(CALENDAR)
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
        return not_fulfilled(text, *(of_calendar(one, on) for one in coming), step=step)
    evidence = [of_calendar(fact, on) for fact in placed]
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


def _asked_for(
    held: Sequence[PastMeeting], clause: Clause, history: History, on: date
) -> list[PastMeeting]:
    """Return the meetings of days on which the mandate asked for meetings: others were not owed."""
    asked = (one for one in held if _is_asked(history, one.day, on))
    return [one for one in asked if same_clause(clause, history.clauses_on(one.day))]


def _of_meetings(held: Sequence[PastMeeting], wanted: Demand, on: date) -> Words:
    since = ngettext(
        "Since %(since)s %(number)d meeting with minutes sent out was held; the mandate asks for "
        "%(wanted)d a year.",
        "Since %(since)s %(number)d meetings with minutes sent out were held; the mandate asks "
        "for %(wanted)d a year.",
        len(held),
    )
    of_a_year = ngettext(
        "%(number)d meeting with minutes sent out was held in the last twelve months; the mandate "
        "asks for %(wanted)d.",
        "%(number)d meetings with minutes sent out were held in the last twelve months; the "
        "mandate asks for %(wanted)d.",
        len(held),
    )
    none_since = _(
        "Since %(since)s no meeting with minutes sent out was held; the mandate asks for "
        "%(wanted)d a year."
    )
    none = _(
        "No meeting with minutes sent out was held in the last twelve months; the mandate asks "
        "for %(wanted)d."
    )
    is_younger = wanted.begun > year_before(on)
    text = (since if is_younger else of_a_year) if held else (none_since if is_younger else none)
    text %= {"number": len(held), "wanted": wanted.a_year, "since": day(wanted.begun)}
    so_far = _("That holds since %(day)s, so by now it is %(due)d.")
    so_far %= {"day": day(wanted.since), "due": wanted.due}
    return text if wanted.is_whole else joined(text, so_far)


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
    planned = ngettext(
        "%(there)d meeting is planned until %(day)s.",
        "%(there)d meetings are planned until %(day)s.",
        there,
    )
    asked = ngettext(
        "The mandate asks for a plan %(months)d months ahead, with %(wanted)d meeting at least.",
        "The mandate asks for a plan %(months)d months ahead, with %(wanted)d meetings at least.",
        wanted,
    )
    values = {"there": there, "day": day(last), "months": months, "wanted": wanted}
    return joined(planned % values, asked % values)


def _lapses_soon(clause: Clause, history: History, on: date) -> bool:
    """Return whether the meetings held and planned do not suffice thirty days later."""
    first = year_before(on + SOON)
    earlier = history.earlier_between(first, on)
    there = [one for one in history.held_between(first, on) if one not in earlier]
    planned = [one.starts_on for one in history.calendar_on(on).values()]
    coming = [starts for starts in planned if starts and on < starts <= on + SOON]
    wanted = demand(history, clause, on, meetings_a_year, ahead=SOON)
    return len(_asked_for(there, clause, history, on)) + len(coming) < wanted.due
