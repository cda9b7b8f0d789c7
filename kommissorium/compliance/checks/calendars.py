"""K1, how often the committee meets, and K2, how far ahead its calendar reaches."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Clause
from kommissorium.compliance.checks.demands import Demand, demand, is_near, per_year
from kommissorium.compliance.checks.evidence import of_calendar, of_meeting, plan_the_year
from kommissorium.compliance.history import CalledMeeting, History
from kommissorium.core.ui.localised import day
from kommissorium.meetings.calendar_reach import HORIZON_MONTHS
from kommissorium.meetings.year_plan import DEFAULT_NUMBER, add_months
from kommissorium.registers.findings import (
    SOON,
    Finding,
    due_soon,
    fulfilled,
    not_fulfilled,
    unmeasured,
    year_before,
)


def meetings_per_year(clause: Clause, history: History, on: date) -> Finding:
    """Count the meetings held in the twelve months that end on the date."""
    asked = demand(history, clause, on, meetings_a_year)
    held = history.held_between(year_before(on), on)
    evidence = [of_meeting(meeting) for meeting in held]
    step = plan_the_year(history)
    text = _of_meetings(held, asked)
    if not held and asked.first_due:
        text = _no_meeting_yet(asked.since, asked.first_due)
        return due_soon(text, step=step) if is_near(asked.first_due, on) else unmeasured(text)
    if len(held) < asked.due:
        return not_fulfilled(text, *evidence, step=step)
    if _lapses_soon(clause, history, on):
        more = _("It will be too few in a month unless another meeting is planned before then.")
        return due_soon(f"{text} {more}", *evidence, step=step)
    return fulfilled(text, *evidence)


def calendar_horizon(clause: Clause, history: History, on: date) -> Finding:
    """Look how far the calendar reached as it was known on the date (K2: a rolling demand)."""
    months = clause.horizon_months or HORIZON_MONTHS
    coming = [f for f in history.calendar_on(on).values() if f.starts_on and f.starts_on >= on]
    placed = [fact for fact in coming if fact.has_place]
    step = plan_the_year(history)
    if not placed:
        text = _("The calendar has no coming meeting with time and place.")
        return not_fulfilled(text, *map(of_calendar, coming), step=step)
    evidence = [of_calendar(f) for f in sorted(placed, key=lambda f: f.starts_on or on)]
    last = max(fact.starts_on or on for fact in placed)
    text = ngettext(
        "The calendar reaches to %(day)s; the mandate asks for %(months)d month ahead.",
        "The calendar reaches to %(day)s; the mandate asks for %(months)d months ahead.",
        months,
    ) % {"day": day(last), "months": months}
    demanded = add_months(on, months)
    if last < demanded:
        return not_fulfilled(text, *evidence, step=step)
    if any(not fact.has_place and (fact.starts_on or on) <= demanded for fact in coming):
        text += " " + _("A meeting before then has no place yet.")
        return due_soon(text, *evidence, step=step)
    if last < add_months(on + SOON, months):
        return due_soon(text, *evidence, step=step)
    return fulfilled(text, *evidence)


def meetings_a_year(clause: Clause, _executive: bool) -> int:
    """Return how many meetings a year the clause asks for."""
    return per_year(clause, DEFAULT_NUMBER)


def _no_meeting_yet(since: date, first_due: date) -> str:
    text = _("The committee works by this since %(since)s. The first meeting is due by %(due)s.")
    return text % {"since": day(since), "due": day(first_due)}


def _of_meetings(held: list[CalledMeeting], asked: Demand) -> str:
    text = ngettext(
        "%(number)d meeting was held in the last twelve months; the mandate asks for %(wanted)d.",
        "%(number)d meetings were held in the last twelve months; the mandate asks for %(wanted)d.",
        len(held),
    ) % {"number": len(held), "wanted": asked.a_year}
    if not asked.is_whole:
        so_far = _("That holds since %(day)s, so by now it is %(due)d.")
        text += " " + so_far % {"day": day(asked.since), "due": asked.due}
    return text


def _lapses_soon(clause: Clause, history: History, on: date) -> bool:
    """Return whether the meetings held and planned do not suffice thirty days later."""
    later = on + SOON
    held = history.held_between(year_before(later), on)
    known = history.calendar_on(on).values()
    coming = [fact for fact in known if fact.starts_on and on < fact.starts_on <= later]
    asked = demand(history, clause, on, meetings_a_year, ahead=SOON)
    return len(held) + len(coming) < asked.due
