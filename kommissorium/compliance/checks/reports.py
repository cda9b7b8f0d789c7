"""R10 and A7: the executive board sits in the committee, or hears of its work four times a year.

With a member of the executive board in the committee one report a year is the least; without
one it is four (the mandate's R10 read together with A7). Who sat there is asked of every day:
when an executive leaves, the quarters begin. A report counts from the day the minutes that
approved it were approved themselves, if its agenda item had a file; a quarter has one report,
however many were approved in it.
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
    of_role,
    of_seat,
    open_next_agenda,
)
from kommissorium.compliance.checks.members import Kind
from kommissorium.compliance.history import History
from kommissorium.compliance.past_meetings import MadeDecision
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Outcome
from kommissorium.registers.findings import (
    SOON,
    Evidence,
    Finding,
    Question,
    due_soon,
    fulfilled,
    not_fulfilled,
    not_yet_due,
    year_before,
)

APPROVED = (Outcome.APPROVED, Outcome.WITH_CHANGES)
QUARTERLY, YEARLY = 4, 1


def management_support(clause: Clause, history: History, asked: Question) -> Finding:
    """R10: a member of the executive board holds a seat, or the reports are quarterly."""
    if history.has_executive_on(asked.on):
        text = _("A member of the executive board sits in the committee.")
        return fulfilled(text, *executive_evidence(history, asked.on))
    lead = _(
        "No member of the executive board sits in the committee, so the board must have a report every quarter."
    )
    return _reports(clause, history, asked, support_rate, lead)


def executive_reporting(clause: Clause, history: History, asked: Question) -> Finding:
    """A7: reports approved by the committee in the twelve months that end on the date."""
    lead = ""
    if not history.has_executive_on(asked.on):
        lead = _(
            "No member of the executive board sits in the committee, so the reports are quarterly."
        )
    return _reports(clause, history, asked, reporting_rate, lead)


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
        for evidence in (of_seat(seat, history, on), of_role(Kind.EXECUTIVE, term, history))
    ]


def reports_between(history: History, first: date, last: date) -> list[MadeDecision]:
    """Return the decisions that approved a report to the executive board, one in a quarter."""
    found = {
        (decision.on.year, (decision.on.month - 1) // 3): decision
        for decision in history.decided_between(first, last)
        if _approves_report(decision) and decision.has_annex
    }
    return list(found.values())


def _approves_report(decision: MadeDecision) -> bool:
    return decision.measure == Measure.EXECUTIVE_REPORTING and decision.outcome in APPROVED


def _reports(clause: Clause, history: History, asked: Question, rate: Rate, lead: str) -> Finding:
    on = asked.on
    wanted = demand(history, clause, on, rate)
    found = reports_between(history, year_before(on), on)
    evidence = [of_decision(decision) for decision in found]
    step = open_next_agenda(history, on)
    empty = _without_file(history, on)
    if not found and wanted.first_due:
        text = _("The first report is due by %(day)s.") % {"day": day(wanted.first_due)}
        text = f"{lead} {text} {empty}".strip()
        is_soon = is_near(wanted.first_due, on)
        return due_soon(text, step=step) if is_soon else not_yet_due(text, step=step)
    text = f"{lead} {_of_reports(found, wanted)} {empty}".strip()
    if len(found) < wanted.due:
        return not_fulfilled(text, *evidence, step=step)
    later = reports_between(history, year_before(on + SOON), on)
    if len(later) < demand(history, clause, on, rate, ahead=SOON).due:
        more = _("It will be too few in a month.")
        return due_soon(f"{text} {more}", *evidence, step=step)
    return fulfilled(text, *evidence)


def _of_reports(found: list[MadeDecision], wanted: Demand) -> str:
    text = ngettext(
        "A report with a file was approved in %(number)d quarter of the last twelve months; "
        "%(wanted)d is the least.",
        "A report with a file was approved in %(number)d quarters of the last twelve months; "
        "%(wanted)d is the least.",
        len(found),
    ) % {"number": len(found), "wanted": wanted.a_year}
    if not wanted.is_whole:
        so_far = _("That holds since %(day)s, so by now it is %(due)d.")
        text += " " + so_far % {"day": day(wanted.since), "due": wanted.due}
    return f"{text} {_('Whether the board received it is not measured yet.')}"


def _without_file(history: History, on: date) -> str:
    """Return how many were approved that do not count because nothing was enclosed."""
    made = history.decided_between(year_before(on), on)
    empty = [one for one in made if _approves_report(one) and not one.has_annex]
    if not empty:
        return ""
    text = ngettext(
        "%(number)d approval without a file is not counted.",
        "%(number)d approvals without a file are not counted.",
        len(empty),
    )
    return text % {"number": len(empty)}
