"""R10 and A7: the executive board sits in the committee, or hears of its work four times a year.

With a member of the executive board in the committee one report a year is the least; without
one it is four (the mandate's R10 read together with A7). Who sat there is asked of every day:
when an executive leaves, the quarters begin. A report counts from the day the minutes that
approved it were approved themselves.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.compliance.checks.demands import Demand, Rate, demand, is_near, per_year
from kommissorium.compliance.checks.evidence import (
    of_decision,
    of_executive,
    of_seat,
    open_next_agenda,
)
from kommissorium.compliance.history import History, MadeDecision
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Outcome
from kommissorium.registers.findings import (
    SOON,
    Evidence,
    Finding,
    due_soon,
    fulfilled,
    not_fulfilled,
    unmeasured,
    year_before,
)

APPROVED = (Outcome.APPROVED, Outcome.WITH_CHANGES)
QUARTERLY, YEARLY = 4, 1


def management_support(clause: Clause, history: History, on: date) -> Finding:
    """R10: a member of the executive board holds a seat, or the reports are quarterly."""
    if history.has_executive_on(on):
        text = _("A member of the executive board sits in the committee.")
        return fulfilled(text, *executive_evidence(history, on))
    lead = _(
        "No member of the executive board sits in the committee, so the board must have a report every quarter."
    )
    return _reports(clause, history, on, support_rate, lead)


def executive_reporting(clause: Clause, history: History, on: date) -> Finding:
    """A7: reports approved by the committee in the twelve months that end on the date."""
    lead = ""
    if not history.has_executive_on(on):
        lead = _(
            "No member of the executive board sits in the committee, so the reports are quarterly."
        )
    return _reports(clause, history, on, reporting_rate, lead)


def support_rate(clause: Clause, executive: bool) -> int:
    return 0 if executive else per_year(clause, QUARTERLY)


def reporting_rate(clause: Clause, executive: bool) -> int:
    least = per_year(clause, YEARLY)
    return least if executive else max(clause.max_per_year or QUARTERLY, least)


def executive_evidence(history: History, on: date) -> list[Evidence]:
    """Return the seats that executives held and since when they are of the board."""
    return [
        evidence
        for seat, term in history.executive_seats_on(on)
        for evidence in (of_seat(seat, history, on), of_executive(term, history))
    ]


def reports_between(history: History, first: date, last: date) -> list[MadeDecision]:
    """Return the decisions that approved a report to the executive board, known on the last."""
    return [
        decision
        for decision in history.decided_between(first, last)
        if decision.measure == Measure.EXECUTIVE_REPORTING and decision.outcome in APPROVED
    ]


def _reports(clause: Clause, history: History, on: date, rate: Rate, lead: str) -> Finding:
    asked = demand(history, clause, on, rate)
    found = reports_between(history, year_before(on), on)
    evidence = [of_decision(decision) for decision in found]
    step = open_next_agenda(history, on)
    if not found and asked.first_due:
        text = _("The first report is due by %(day)s.") % {"day": day(asked.first_due)}
        text = f"{lead} {text}".strip()
        return due_soon(text, step=step) if is_near(asked.first_due, on) else unmeasured(text)
    text = f"{lead} {_of_reports(found, asked)}".strip()
    if len(found) < asked.due:
        return not_fulfilled(text, *evidence, step=step)
    later = reports_between(history, year_before(on + SOON), on)
    if len(later) < demand(history, clause, on, rate, ahead=SOON).due:
        more = _("It will be too few in a month.")
        return due_soon(f"{text} {more}", *evidence, step=step)
    return fulfilled(text, *evidence)


def _of_reports(found: list[MadeDecision], asked: Demand) -> str:
    text = ngettext(
        "%(number)d report was approved in the last twelve months; %(wanted)d is the least.",
        "%(number)d reports were approved in the last twelve months; %(wanted)d is the least.",
        len(found),
    ) % {"number": len(found), "wanted": asked.a_year}
    if not asked.is_whole:
        so_far = _("That holds since %(day)s, so by now it is %(due)d.")
        text += " " + so_far % {"day": day(asked.since), "due": asked.due}
    return text
