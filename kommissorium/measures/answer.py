"""The answer to any clause on a date: by the rule of its measure, its duties, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from kommissorium.measures.beginnings import Beginning
from kommissorium.measures.clauses import AGENDA, Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Check, Evidence, Finding, Question, State, unmeasured
from kommissorium.measures.history import History
from kommissorium.measures.kinds import MANDATES, Kind, read_by
from kommissorium.measures.past import RegisterRules, act_of
from kommissorium.measures.registers import REGISTERS
from kommissorium.measures.rules import (
    agendas,
    board,
    calendars,
    leadership,
    members,
    revision,
    weighing,
)
from kommissorium.measures.rules.own_wording import not_measured, own_wording
from kommissorium.measures.said import _, day, joined, link

CHECKS: Final[Mapping[str, Check[History]]] = {
    Measure.SEAT_FILLED: members.seat_filled,  # M
    Measure.STEERING: leadership.steering,  # R1
    Measure.WEIGHED_DECISIONS: weighing.weighed_decisions,  # R3
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
    asked = Question(
        on,
        history.known,
        history.measured_since(clause, on),
        history.committee,
        history.chairs,
        history.chair_may(on),
    )
    finding = _with_records(_found(clause, history, asked), history)
    if not finding.evidence and finding.state in LACKING:
        finding = replace(finding, evidence=(_looked_at(clause, history),))
    began = history.measured_from
    if began is None or on >= began or finding.state not in HELD_AGAINST:
        return finding
    text = _("It is measured since %(day)s, when the program was taken into use.")
    sentence = joined(text % {"day": day(began)}, finding.sentence)
    return replace(finding, state=State.UNMEASURED, sentence=sentence, step=None)


def _with_records(finding: Finding, history: History) -> Finding:
    """Return the finding with the record of each piece of evidence that has one.

    It is the one frozen last when the evidence came to be, or the first since.
    """
    return replace(finding, evidence=tuple(_with_record(one, history) for one in finding.evidence))


def _with_record(one: Evidence, history: History) -> Evidence:
    known = [it for it in history.records.get(one.reference, ()) if it.on <= history.known]
    if one.record or not known:
        return one
    until = [it for it in known if one.event is None or it.event <= one.event]
    kept = until[-1] if until else known[0]
    return replace(one, record=kept.record, fingerprint=kept.content_hash)


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
    """Return the finding; of a register that is not in use, that it is not, or why this does not hold."""
    put_off = _put_off(clause, history, asked.on)
    if put_off is None:
        return _measured(clause, history, asked)
    rules, one = put_off
    said = one.words(rules.label, history.committee)
    began = history.measured_from or asked.on
    has_met = bool(history.held_between(began, asked.on))
    if has_met and history.committee not in one.decided:
        why = _("The committee has not decided it, so it is measured.")
    elif not one.was_looked_at(asked.on):
        why = _("Nobody has looked at it for twelve months, so it is measured.")
    else:
        return unmeasured(said, one.evidence(rules))
    found = _measured(clause, history, asked)
    return replace(found, sentence=joined(said, why, found.sentence))


def _put_off(clause: Clause, history: History, on: date) -> tuple[RegisterRules, Beginning] | None:
    """Return the register that measures the clause and is not in use on the day."""
    not_in_use = history.not_in_use(on)
    if not not_in_use:
        return None
    asked = (rules for rules in registers_of(clause) if rules.code in not_in_use)
    return next(((rules, not_in_use[rules.code]) for rules in asked), None)


def _measured(clause: Clause, history: History, asked: Question) -> Finding:
    if check := _check_of(clause):
        return check(clause, history, asked)
    return history.found_by_register(clause, asked) or not_measured()


def _check_of(clause: Clause) -> Check[History] | None:
    """Return the rule of the committee's past that measures the clause; None for a register's."""
    if clause.measure:
        return CHECKS.get(clause.measure)
    return BY_KIND.get(clause.kind, own_wording)


def kinds_of(clause: Clause) -> frozenset[Kind]:
    """Return the kinds of facts that the answer to a clause is read from."""
    check = _check_of(clause)
    return frozenset({MANDATES, *(_kinds(check) if check else _of_register(clause.measure))})


def registers_of(clause: Clause) -> list[RegisterRules]:
    """Return the registers whose events and figures the answer to a clause is read from."""
    check = _check_of(clause)
    asked = {*(read_by(check).asks if check else (clause.measure,))}
    return [one for one in REGISTERS if one.checks.keys() & asked]


def _kinds(check: Check[Any]) -> Iterator[Kind]:
    said = read_by(check)
    yield from said.kinds
    for code in said.asks:
        yield from _of_register(code)


def _of_register(code: str) -> Iterator[Kind]:
    for one in REGISTERS:
        if check := one.checks.get(code):
            yield Kind(acts=tuple(map(act_of, one.acts)))
            yield from _kinds(check)
