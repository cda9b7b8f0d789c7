"""R1, R3 and R11: how the committee steers, and how it and its chair decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from kommissorium.measures.clauses import CHAIRING, Clause
from kommissorium.measures.codes import COORDINATOR, WEIGHED, Measure
from kommissorium.measures.days import QUARTER, year_before
from kommissorium.measures.findings import (
    Finding,
    Question,
    State,
    Step,
    combined,
    due_soon,
    fulfilled,
    no_occasion,
    not_fulfilled,
    unless_first_period,
)
from kommissorium.measures.history import History
from kommissorium.measures.meetings import MadeDecision, PastMeeting
from kommissorium.measures.rules.evidence import (
    of_decision,
    of_minutes,
    of_role,
    of_seat,
    of_task,
    open_next_agenda,
    open_the_committee,
    plan_the_year,
)
from kommissorium.measures.said import Words, _, joined, ngettext
from kommissorium.measures.terms import SeatTerm

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


def weighed_decisions(_clause: Clause, history: History, asked: Question) -> Finding:
    """R3: decisions weigh security, usability, economy and proportion to the threat.

    One that was approved and costs, risks or restricts says why beside what it chose.
    """
    on = asked.on
    found = [one for one in history.decided_between(year_before(on), on) if _is_weighable(one)]
    waits = _awaited(history, asked)
    if not found:
        text = _("No decisions in minutes that were sent out in the last twelve months.")
        return no_occasion(joined(text, waits))
    later = [one for one in found if one.was_weighed_later_by(history.known)]
    heavy = [one for one in found if one.is_heavy or (one in later and one.is_heavy_later)]
    missing = [one for one in found if not one.is_weighed and one not in later]
    unreasoned = [
        one for one in heavy if one.is_weighed and not one.has_reasons and one not in later
    ]
    counted = _of_decisions(found, missing, heavy, unreasoned)
    said = joined(counted, _noted_afterwards(later), waits)
    if faulty := [*missing, *unreasoned]:
        step = Step(_("See the decision"), faulty[0].link)
        return not_fulfilled(said, *map(of_decision, faulty), step=step)
    return fulfilled(said, *map(of_decision, found))


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
    text = ngettext(
        "%(number)d decision was taken between meetings in the last twelve months.",
        "%(number)d decisions were taken between meetings in the last twelve months.",
        len(taken),
    )
    return fulfilled(text % {"number": len(taken)}, *seats, *map(of_decision, taken))


def _is_weighable(decision: MadeDecision) -> bool:
    """Return whether there is anything to weigh: not in confirming minutes or taking note."""
    return decision.outcome in WEIGHED and decision.measure != Measure.AGENDA_MINUTES


def _of_decisions(
    found: Sequence[MadeDecision],
    missing: Sequence[MadeDecision],
    heavy: Sequence[MadeDecision],
    unreasoned: Sequence[MadeDecision],
) -> Words:
    text = ngettext(
        "%(weighed)d of %(number)d decision of the last twelve months was weighed in all four ways.",
        "%(weighed)d of %(number)d decisions of the last twelve months were weighed in all four ways.",
        len(found),
    ) % {"weighed": len(found) - len(missing), "number": len(found)}
    if not heavy:
        return joined(text, _("None of them costs, risks or restricts anything."))
    unweighed = [one for one in heavy if one in missing and not one.has_reasons]
    more = ngettext(
        "%(number)d costs, risks or restricts; %(reasoned)d of them says why.",
        "%(number)d cost, risk or restrict; %(reasoned)d of them say why.",
        len(heavy),
    )
    reasoned = len(heavy) - len(unreasoned) - len(unweighed)
    return joined(text, more % {"number": len(heavy), "reasoned": reasoned})


def _noted_afterwards(later: Sequence[MadeDecision]) -> Words:
    """Return the number of decisions weighed only afterwards, as a sentence."""
    if not later:
        return ""
    text = ngettext(
        "Of %(number)d decision the weighing was noted afterwards: %(decisions)s.",
        "Of %(number)d decisions the weighing was noted afterwards: %(decisions)s.",
        len(later),
    )
    names = ", ".join(one.number for one in reversed(later))
    return text % {"number": len(later), "decisions": names}


def _awaited(history: History, asked: Question) -> Words:
    """Return the meetings whose decisions nobody knows yet, as a sentence."""
    held = history.held_between(year_before(asked.on), asked.on)
    waiting = [one for one in held if not one.was_minuted_by(history.known)]
    names = ", ".join(one.label for one in reversed(waiting))
    return _("Minutes not sent out yet: %(meetings)s.") % {"meetings": names} if names else ""


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
