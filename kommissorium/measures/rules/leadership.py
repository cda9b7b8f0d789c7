"""R1 and R11: how the committee steers, and how its chair decides between meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kommissorium.measures.clauses import CHAIRING, Clause
from kommissorium.measures.codes import COORDINATOR, Measure
from kommissorium.measures.days import QUARTER, year_before
from kommissorium.measures.findings import (
    Evidence,
    Finding,
    Question,
    State,
    combined,
    due_soon,
    fulfilled,
    no_occasion,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.measures.history import History
from kommissorium.measures.kinds import CHAIRS, DECISIONS, MEETINGS, ROLES, SEATS, TASKS, reads
from kommissorium.measures.meetings import MadeDecision, PastMeeting
from kommissorium.measures.rules.evidence import (
    earlier_in_words,
    none_minuted,
    of_decision,
    of_minutes,
    of_role,
    of_seat,
    of_task,
    open_next_agenda,
    open_the_committee,
    plan_the_year,
)
from kommissorium.measures.said import Words, _, day, joined, ngettext
from kommissorium.measures.terms import SeatTerm

LATE, LEFT = timedelta(days=30), timedelta(days=90)  # after its day a task is late, and left lying
HELD_AGAINST: Final = (State.FULFILLED, State.DUE_SOON, State.NOT_FULFILLED)


@reads(SEATS, ROLES, MEETINGS, TASKS, asks=(Measure.QUARTERLY_STATUS,))
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
    evidence = [of_role(COORDINATOR, term, history, asked.on) for term in coordinators]
    evidence += [of_seat(seat, history, asked.on) for seat in chairing]
    held = history.minuted_between(year_before(asked.on), asked.on)
    if not held:
        none = none_minuted(history, asked.on)
        missing = not_fulfilled(none, *evidence, step=plan_the_year(history))
        return unless_first_period(missing, asked, QUARTER)
    text = ngettext(
        "There is a coordinator, and the committee met %(number)d time with minutes sent out "
        "in the last twelve months.",
        "There is a coordinator, and the committee met %(number)d times with minutes sent out "
        "in the last twelve months.",
        len(held),
    )
    said = joined(text % {"number": len(held)}, earlier_in_words(history, asked.on))
    met = fulfilled(said, *evidence, *map(of_minutes, held))
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
    return [one for one in history.seats if one.role in CHAIRING and one.holding_on(on)]


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
        return due_soon(joined(text, _("Once more, and it is not fulfilled.")), step=step)
    return not_fulfilled(text, step=step)


def _approved(history: History, asked: Question) -> Iterator[Finding]:
    """Yield the findings of the quarterly status, where the mandate asks for one."""
    for clause in history.clauses_on(asked.on):
        if clause.measure == Measure.QUARTERLY_STATUS:
            since = history.measured_since(clause, asked.on)
            found = history.found_by_register(clause, replace(asked, since=since))
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


@reads(SEATS, MEETINGS, DECISIONS, CHAIRS)
def chair_mandate(_clause: Clause, history: History, asked: Question) -> Finding:
    """R11: the chair can decide between meetings, and the committee is told of it."""
    on = asked.on
    chairing = seats_that_chair(history, asked.on)
    if not chairing:
        text = _("There is neither chair nor deputy chair to decide.")
        return not_fulfilled(text, step=open_the_committee(history))
    taken = [one for one in history.decided_between(year_before(on), on) if one.is_chairs]
    untold = [one for one in taken if not _told_in_time(one, history, asked)]
    if untold:
        text = ngettext(
            "%(number)d decision between meetings was not told to the next meeting.",
            "%(number)d decisions between meetings were not told to the next meeting.",
            len(untold),
        )
        step = open_next_agenda(history, on)
        return not_fulfilled(text % {"number": len(untold)}, *map(of_decision, untold), step=step)
    seats = [of_seat(seat, history, on) for seat in chairing]
    if not taken:
        text = _(
            "The chair can decide; nothing was decided between meetings in the last twelve months."
        )
        return no_occasion(text, *seats)
    return _of_taken(taken, seats, history, asked)


def _of_taken(
    taken: Sequence[MadeDecision], seats: Sequence[Evidence], history: History, asked: Question
) -> Finding:
    """Return how many decisions were taken, how many told to the committee, and what the rest awaits."""
    held = {one.key for one in history.held_between(taken[-1].on, asked.on)}
    waiting = [one for one in taken if not held & one.told_at]
    evidence = (*seats, *map(of_decision, taken))
    told = len(taken) - len(waiting)
    all_told = ngettext(
        "%(number)d decision was taken between meetings in the last twelve months and told to the "
        "committee.",
        "%(number)d decisions were taken between meetings in the last twelve months and told to "
        "the committee.",
        len(taken),
    )
    if not waiting:
        return fulfilled(all_told % {"number": told}, *evidence)
    text = ngettext(
        "%(number)d decision was taken between meetings in the last twelve months.",
        "%(number)d decisions were taken between meetings in the last twelve months.",
        len(taken),
    ) % {"number": len(taken)}
    said: Words = text
    if told:
        some = ngettext(
            "%(told)d of them was told to the committee.",
            "%(told)d of them were told to the committee.",
            told,
        )
        said = joined(text, some % {"told": told})
    coming = history.next_meeting_day(asked.on)
    if coming is None:
        none = ngettext(
            "%(number)d awaits a meeting, and none is planned.",
            "%(number)d await a meeting, and none is planned.",
            len(waiting),
        )
        said = joined(said, none % {"number": len(waiting)})
        return due_soon(said, *evidence, step=plan_the_year(history))
    some = ngettext(
        "%(number)d awaits the meeting on %(day)s.",
        "%(number)d await the meeting on %(day)s.",
        len(waiting),
    )
    said = joined(said, some % {"number": len(waiting), "day": day(coming)})
    return fulfilled(said, *evidence)


def _told_in_time(decision: MadeDecision, history: History, asked: Question) -> bool:
    """Return whether the committee was told at the first possible meeting, if it was held.

    That is the first one called after the decision: a called agenda takes late items only.
    """
    held = history.held_between(decision.on, asked.on)
    could = [one for one in held if _was_called_after(one, decision)]
    if not could:
        return True
    first = min(could, key=lambda meeting: meeting.day)
    return any(m.key in decision.told_at and m.day <= first.day for m in held)


def _was_called_after(meeting: PastMeeting, decision: MadeDecision) -> bool:
    return meeting.called_at is not None and meeting.called_at > decision.at
