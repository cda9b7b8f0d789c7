"""The answer to any clause on a date: by the rule of its measure, its duties, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from kommissorium.measures.clauses import AGENDA, Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Check, Evidence, Finding, Question, State
from kommissorium.measures.history import History
from kommissorium.measures.rules import agendas, board, calendars, leadership, members, revision
from kommissorium.measures.rules.own_wording import not_measured, own_wording
from kommissorium.measures.said import _, day, joined, link

CHECKS: Final[Mapping[str, Check[History]]] = {
    Measure.SEAT_FILLED: members.seat_filled,  # M
    Measure.STEERING: leadership.steering,  # R1
    Measure.WEIGHED_DECISIONS: leadership.weighed_decisions,  # R3
    Measure.CHAIR_MANDATE: leadership.chair_mandate,  # R11
    Measure.POLICY_REVISION: revision.policy_revision,  # T3
    Measure.MANAGEMENT_SUPPORT: board.management_support,  # R10
    Measure.EXECUTIVE_REPORTING: board.executive_reporting,  # A7
    Measure.MEETINGS_PER_YEAR: calendars.meetings_per_year,  # K1
    Measure.CALENDAR_HORIZON: calendars.calendar_horizon,  # K2
    Measure.AGENDA_MINUTES: agendas.treated,  # A1
    Measure.AGENDA_ONGOING: agendas.treated,  # A2
    Measure.AGENDA_INCIDENTS: agendas.treated,  # A3
    Measure.AGENDA_YEAR_WHEEL: agendas.treated,  # A4
    Measure.AGENDA_COMING_TASKS: agendas.treated,  # A5
    Measure.AGENDA_POLICIES: agendas.treated,  # A6
    Measure.AGENDA_ANY_OTHER_BUSINESS: agendas.treated,  # A8
}
# An agenda item of the committee's own is looked for by its words.
BY_KIND: Final[Mapping[str, Check[History]]] = {AGENDA: agendas.treated}
# What a register is asked for to answer a measure that no register answers alone.
ASPECTS: Final[Mapping[str, str]] = {
    Measure.POLICY_REVISION: revision.POLICY,
    Measure.MANAGEMENT_SUPPORT: board.RECEIVED,
    Measure.EXECUTIVE_REPORTING: board.RECEIVED,
}
HELD_AGAINST: Final = (State.NOT_FULFILLED, State.DUE_SOON, State.NOT_YET_DUE)
LACKING: Final = (*HELD_AGAINST, State.NO_OCCASION)


def find(clause: Clause, history: History, on: date) -> Finding:
    """Return the finding of the clause on the date, by what the history knows.

    Of the days before the program was taken into use, what was done is told, and what was not
    is not held against the committee: nobody can know.
    """
    asked = Question(on, history.known, history.measured_since(clause, on), history.committee)
    finding = _found(clause, history, asked)
    if not finding.evidence and finding.state in LACKING:
        finding = replace(finding, evidence=(_looked_at(clause, history),))
    began = history.measured_from
    if began is None or on >= began or finding.state not in HELD_AGAINST:
        return finding
    text = _("It is measured since %(day)s, when the program was taken into use.")
    sentence = joined(text % {"day": day(began)}, finding.sentence)
    return replace(finding, state=State.UNMEASURED, sentence=sentence, step=None)


def _looked_at(clause: Clause, history: History) -> Evidence:
    """Return where missing evidence was looked for: in a register, or in the committee's acts."""
    aspect = ASPECTS.get(clause.measure, "")
    for register in history.registers:
        if register.rules.checks.keys() & {clause.measure, aspect}:
            label = _("Looked for in: %(where)s") % {"where": register.rules.label}
            return Evidence(label, link(register.rules.home))
    label = _("Looked for in: the seats, meetings and decisions of the committee")
    return Evidence(label, link("committee", history.committee))


def _found(clause: Clause, history: History, asked: Question) -> Finding:
    check = CHECKS.get(clause.measure) if clause.measure else BY_KIND.get(clause.kind)
    if check:
        return check(clause, history, asked)
    if not clause.measure:
        return own_wording(clause, history, asked)
    return history.found_by_register(clause, asked) or not_measured()
