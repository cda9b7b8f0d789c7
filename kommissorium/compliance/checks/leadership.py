"""R1, R3 and R11: who leads, and how decisions are taken."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause, Seat
from kommissorium.compliance.checks.demands import is_near
from kommissorium.compliance.checks.evidence import (
    of_coordinator,
    of_decision,
    of_meeting,
    of_seat,
    open_next_agenda,
    open_the_committee,
    plan_the_year,
)
from kommissorium.compliance.history import History, MadeDecision, SeatTerm
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Outcome
from kommissorium.registers.findings import (
    Finding,
    Step,
    fulfilled,
    not_fulfilled,
    unmeasured,
    year_before,
)

WEIGHED = (Outcome.APPROVED, Outcome.WITH_CHANGES, Outcome.REJECTED)


def steering(clause: Clause, history: History, on: date) -> Finding:
    """R1: there is a coordinator, somebody chairs, and the committee has met."""
    coordinators = [term for term in history.coordinators if term.holds_on(on)]
    if not coordinators:
        text = _("The municipality has no coordinator of information security.")
        return not_fulfilled(text, step=open_the_committee(history))
    chairing = _chairing(history, on)
    if not chairing:
        text = _("The committee has neither chair nor deputy chair.")
        return not_fulfilled(text, step=open_the_committee(history))
    held = history.held_between(year_before(on), on)
    evidence = [of_coordinator(term, history) for term in coordinators]
    evidence += [of_seat(seat, history, on) for seat in chairing]
    if held:
        text = ngettext(
            "There is a coordinator, and the committee met %(number)d time in the last twelve months.",
            "There is a coordinator, and the committee met %(number)d times in the last twelve months.",
            len(held),
        )
        evidence += [of_meeting(meeting) for meeting in held]
        return fulfilled(text % {"number": len(held)}, *evidence)
    since = history.clause_since(clause, on)
    if is_near(on, since):
        text = _("The committee has not met since its mandate took effect on %(day)s.")
        return unmeasured(text % {"day": day(since)}, *evidence)
    text = _("The committee has not met in the last twelve months.")
    return not_fulfilled(text, *evidence, step=plan_the_year(history))


def weighed_decisions(_clause: Clause, history: History, on: date) -> Finding:
    """R3: every decision weighs security, usability, economy and proportion to the threat."""
    found = [one for one in history.decided_between(year_before(on), on) if _is_weighable(one)]
    if not found:
        return unmeasured(_("Nothing was decided in the last twelve months."))
    missing = [decision for decision in found if not decision.is_weighed]
    if missing:
        text = ngettext(
            "%(missing)d of %(number)d decision in the last twelve months was not weighed.",
            "%(missing)d of %(number)d decisions in the last twelve months were not weighed.",
            len(found),
        )
        numbers = {"missing": len(missing), "number": len(found)}
        step = Step(_("See the decision"), missing[0].link)
        return not_fulfilled(text % numbers, *map(of_decision, missing), step=step)
    text = ngettext(
        "The one decision of the last twelve months was weighed.",
        "All %(number)d decisions of the last twelve months were weighed.",
        len(found),
    )
    return fulfilled(text % {"number": len(found)}, *map(of_decision, found))


def chair_mandate(_clause: Clause, history: History, on: date) -> Finding:
    """R11: the chair can decide between meetings, and the committee is told of it."""
    chairing = _chairing(history, on)
    if not chairing:
        text = _("There is neither chair nor deputy chair to decide.")
        return not_fulfilled(text, step=open_the_committee(history))
    taken = [one for one in history.decided_between(year_before(on), on) if one.is_chairs]
    untold = [one for one in taken if not _told_in_time(one, history, on)]
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
        return fulfilled(text, *seats)
    text = ngettext(
        "%(number)d decision was taken between meetings in the last twelve months.",
        "%(number)d decisions were taken between meetings in the last twelve months.",
        len(taken),
    )
    return fulfilled(text % {"number": len(taken)}, *seats, *map(of_decision, taken))


def _chairing(history: History, on: date) -> list[SeatTerm]:
    return [s for s in history.seats if s.role in Seat.CHAIRING and s.holding_on(on)]


def _is_weighable(decision: MadeDecision) -> bool:
    """Return whether there is anything to weigh: not in confirming minutes or taking note."""
    return decision.outcome in WEIGHED and decision.measure != Measure.AGENDA_MINUTES


def _told_in_time(decision: MadeDecision, history: History, on: date) -> bool:
    """Return whether the committee was told at the first meeting that could be, if it was held.

    That is the first one called after the decision: a called agenda takes late items only.
    """
    held = [m for m in history.meetings if m.was_held_by(on) and m.day >= decision.on]
    asked = [meeting for meeting in held if meeting.called_at > decision.at]
    if not asked:
        return True
    first = min(asked, key=lambda meeting: meeting.day)
    return any(m.key in decision.told_at and m.day <= first.day for m in held)
