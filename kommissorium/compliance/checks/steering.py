"""R1: the committee steers together with the coordinator: it met, approved, and followed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import OrganisationRole
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause, Seat
from kommissorium.compliance.checks.evidence import (
    of_minutes,
    of_role,
    of_seat,
    of_task,
    open_next_agenda,
    open_the_committee,
    plan_the_year,
)
from kommissorium.compliance.history import History
from kommissorium.compliance.past_meetings import PastMeeting
from kommissorium.compliance.terms import SeatTerm
from kommissorium.registers.findings import (
    QUARTER,
    Finding,
    Question,
    State,
    combined,
    due_soon,
    fulfilled,
    not_fulfilled,
    unless_first_period,
    year_before,
)

COORDINATOR: Final = OrganisationRole.Kind.COORDINATOR
LATE, LEFT = timedelta(days=30), timedelta(days=90)  # after its day a task is late, and left lying
HELD_AGAINST: Final = (State.FULFILLED, State.DUE_SOON, State.NOT_FULFILLED)


def steering(_clause: Clause, history: History, asked: Question) -> Finding:
    """R1: the committee met with the coordinator, approved its status and followed up.

    Once without the coordinator in twelve months is amber, twice is red. What was decided is
    followed up while no task of it is open 30 days after its day (amber) or 90 days (red), nor
    a year after the day it was first given for, however often that was moved.
    """
    coordinators = history.with_role(COORDINATOR, asked.on).values()
    if not coordinators:
        text = _("The municipality has no coordinator of information security.")
        return not_fulfilled(text, step=open_the_committee(history))
    chairing = seats_that_chair(history, asked.on)
    if not chairing:
        text = _("The committee has neither chair nor deputy chair.")
        return not_fulfilled(text, step=open_the_committee(history))
    evidence = [of_role(COORDINATOR, term, history) for term in coordinators]
    evidence += [of_seat(seat, history, asked.on) for seat in chairing]
    held = history.minuted_between(year_before(asked.on), asked.on)
    if not held:
        text = _("No meeting whose minutes are sent out was held in the last twelve months.")
        missing = not_fulfilled(text, *evidence, step=plan_the_year(history))
        return unless_first_period(missing, asked, QUARTER)
    text = ngettext(
        "There is a coordinator, and the committee met %(number)d time with minutes sent out "
        "in the last twelve months.",
        "There is a coordinator, and the committee met %(number)d times with minutes sent out "
        "in the last twelve months.",
        len(held),
    )
    met = fulfilled(text % {"number": len(held)}, *evidence, *map(of_minutes, held))
    return combined(
        [
            met,
            _together(held, history, asked),
            *_approved(history, asked),
            _followed_up(history, asked),
        ]
    )


def seats_that_chair(history: History, on: date) -> list[SeatTerm]:
    """Return the seats of chair and deputy chair that somebody held on the day."""
    return [one for one in history.seats if one.role in Seat.CHAIRING and one.holding_on(on)]


def _together(held: Sequence[PastMeeting], history: History, asked: Question) -> Finding:
    """Return whether a coordinator was at the meetings whose attendance is known."""
    told = [one for one in held if one.who is not None and one.day >= asked.since]
    alone = [
        one
        for one in told
        if one.who is not None and not one.who & set(history.with_role(COORDINATOR, one.day))
    ]
    if not alone:
        return fulfilled(_("The coordinator was there each time.") if told else "")
    names = ", ".join(one.label for one in reversed(alone))
    text = _("Without the coordinator: %(meetings)s.") % {"meetings": names}
    step = open_next_agenda(history, asked.on)
    if len(alone) == 1:
        return due_soon(f"{text} {_('Once more, and it is not fulfilled.')}", step=step)
    return not_fulfilled(text, step=step)


def _approved(history: History, asked: Question) -> Iterator[Finding]:
    """Yield the findings of the quarterly status, where the mandate asks for one."""
    for clause in history.clauses_on(asked.on):
        if clause.measure == Measure.QUARTERLY_STATUS:
            since = history.measured_since(clause, asked.on)
            question = Question(asked.on, asked.known, since, asked.committee)
            found = history.found_by_register(clause, question)
            if found and found.state in HELD_AGAINST:
                yield found


def _followed_up(history: History, asked: Question) -> Finding:
    """Return whether the tasks from meetings are done in time."""
    tasks = [one for one in history.tasks if one.was_open_on(asked.on, asked.known)]
    late = [one for one in tasks if one.due_on(asked.on, asked.known) + LATE < asked.on]
    left = [
        one
        for one in tasks
        if one.due_on(asked.on, asked.known) + LEFT < asked.on or one.first_due < _a_year(asked.on)
    ]
    if left:
        text = ngettext(
            "%(number)d task that was decided on lies undone more than 90 days after its day.",
            "%(number)d tasks that were decided on lie undone more than 90 days after their day.",
            len(left),
        )
    elif late:
        text = ngettext(
            "%(number)d task that was decided on is more than 30 days late.",
            "%(number)d tasks that were decided on are more than 30 days late.",
            len(late),
        )
    else:
        return fulfilled(_("What was decided on is followed up."))
    shown = left or late
    text = text % {"number": len(shown)}
    found = not_fulfilled if left else due_soon
    return found(text, *map(of_task, shown), step=open_next_agenda(history, asked.on))


def _a_year(on: date) -> date:
    return year_before(on) - timedelta(days=1)
