"""The audit: each clause counted anew from raw rows on twenty dates or more, in both readings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from kommissorium.committees.models import Clause, Committee
from kommissorium.compliance.answer import later_facts
from kommissorium.compliance.fulfilment import fulfilment_on
from kommissorium.compliance.history_queries import history_of
from kommissorium.demo.tests import (
    raw_audits,
    raw_awareness,
    raw_continuity,
    raw_counts,
    raw_incidents,
    raw_objectives,
    raw_policies,
    raw_projects,
    raw_registers,
    raw_statuses,
)
from kommissorium.demo.tests.raw_reading import AMBER, GREY, LATER, NONE, RED, Count, Reading
from kommissorium.demo.tests.raw_registers import Registers
from kommissorium.demo.tests.raw_rows import DAY, Rows, local
from kommissorium.measures.findings import Finding
from kommissorium.measures.history import History

pytestmark = pytest.mark.usefixtures("havneby")

DATES, QUARTERS = 20, 3  # at least, and of them ends of quarters where nothing else happened
OF_COMMITTEE = {
    "seat_filled": raw_counts.seat_filled,  # M
    "steering": raw_counts.steering,  # R1
    "weighed_decisions": raw_counts.weighed,  # R3
    "management_support": raw_counts.support,  # R10
    "chair_mandate": raw_counts.chairs_own,  # R11
    "quarterly_status": raw_statuses.quarterly,  # T6
    "project_status": raw_projects.security_work,  # T7
    "policy_framework": raw_policies.frame,  # T1
    "underlying_policies": raw_policies.underlying,  # T4
    "awareness_training": raw_awareness.training,  # R7
    "awareness_evaluation": raw_awareness.evaluated,  # T8
    "audit_evaluation": raw_audits.evaluated,  # T9
    "continuity_plans": raw_continuity.plans,  # R8
    "continuity_test": raw_continuity.tests,  # R9
    "incident_evaluation": raw_incidents.evaluated,  # T5
    "executive_reporting": raw_counts.reporting,  # A7
    "meetings_per_year": raw_counts.meetings,  # K1
    "calendar_horizon": raw_counts.horizon,  # K2
}
OF_REGISTERS = {
    "objectives": raw_objectives.objectives,  # R2
    "ownership": raw_registers.ownership,  # R4
    "owner_guidelines": raw_registers.guidelines,  # R5
    "owner_documentation": raw_registers.documentation,  # R6
    "risk_level": raw_registers.risk_level,  # T2
    "policy_revision": raw_policies.revised,  # T3
}
# What counts the municipality's own things, whoever decided: the register that the mandate is to cover.
OF_REGISTER_ALONE = {
    **dict.fromkeys(("continuity_plans", "continuity_test"), "continuity"),
    **dict.fromkeys(("ownership", "owner_documentation"), "assets"),
}
LABEL = re.compile(r"\b\d{4}/T?\d+\b")
DAYS = re.compile(r"\b\d{1,2}\.? [A-Z][a-z]+ \d{4}\b|\b[A-Z][a-z]+\.? \d{1,2}, \d{4}\b")


@pytest.mark.parametrize("name", ["Informationssikkerhedsudvalget", "Beredskabsgruppen"])
def test_every_clause_is_found_as_its_rows_are_counted(name: str) -> None:
    committee = Committee.objects.get(name=name)
    rows, registers, history = Rows(committee), Registers(), history_of(committee)
    days = twenty(rows)
    assert len(set(days.values())) >= DATES, days
    with translation.override("en"):
        faults = [
            fault
            for label, day in days.items()
            for known in sorted({day, rows.today})
            for fault in disagreements(history, Reading(rows, day, known), registers, label)
        ]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("name", ["Informationssikkerhedsudvalget", "Beredskabsgruppen"])
def test_what_is_fetched_for_a_day_alone_answers_as_the_whole_past(name: str) -> None:
    committee = Committee.objects.get(name=name)
    whole, rows = history_of(committee), Rows(committee)
    for label, day in twenty(rows).items():
        own = history_of(committee, day)
        for known in {day, rows.today}:
            found = fulfilment_on(own, day, known).findings
            assert found == fulfilment_on(whole, day, known).findings, (label, day, known)
        assert later_facts(own, day) == later_facts(whole, day), (label, day)


def disagreements(
    history: History, reading: Reading, registers: Registers, label: str
) -> Iterator[str]:
    """Yield a line for each clause on which the program and the rows differ."""
    found = fulfilment_on(history, reading.on, reading.known).findings
    promised = [one for one in reading.clauses(reading.on) if one.kind != "other" or one.measure]
    of_reading = f"{label} {reading.on} known {reading.known}"
    if [one.clause.pk for one in found] != [one.pk for one in promised]:
        yield f"{of_reading}: other clauses"
    for one in found:
        count = counted(reading, registers, one.clause)
        said = as_said(one.finding, count)
        if said != count:
            yield f"{of_reading} {one.clause.number}: {count}\n  {one.state} {one.finding.sentence}"


def counted(reading: Reading, registers: Registers, clause: Clause) -> Count:
    """Count a clause; what was missing before the program was in use is not measured."""
    measure = clause.measure
    if measure in OF_REGISTER_ALONE and is_anothers(reading, OF_REGISTER_ALONE[measure]):
        return Count(NONE)
    if measure in OF_COMMITTEE:
        count = OF_COMMITTEE[measure](reading, clause)
    elif measure in OF_REGISTERS:
        count = OF_REGISTERS[measure](reading, registers, clause)
    elif measure.startswith("agenda_") or (clause.kind == "agenda" and not measure):
        count = raw_counts.treated(reading, clause)
    else:
        count = Count(GREY) if measure else raw_counts.own_wording(reading, clause)
    is_before = reading.on < reading.in_use and count.state in (RED, AMBER, LATER)
    return count._replace(state=GREY) if is_before else count


def is_anothers(reading: Reading, register: str) -> bool:
    """Return whether the frozen mandate leaves the register out. The group decides nothing there."""
    mandate = reading.mandate(reading.on)
    if mandate is None or mandate.record is None:
        return False
    return register not in json.loads(mandate.record.content)["registers"]


def as_said(finding: Finding, count: Count) -> Count:
    """Return the program's answer, as far as it was counted."""
    text = re.sub(r"(?<=\d)[.,\u00a0](?=\d{3}\b)", "", DAYS.sub("", str(finding.sentence)))
    names = LABEL.findall(text)
    said = re.findall(r"\d+|\bOne\b(?! more)", LABEL.sub("", text))
    numbers = [1 if number == "One" else int(number) for number in said]
    return Count(
        str(finding.state),
        count.numbers if count.numbers is None or numbers == list(count.numbers) else numbers,
        count.meetings if set(names) == set(count.meetings) else names,
    )


def twenty(rows: Rows) -> Mapping[str, date]:
    """Return the dates, by what is special about each."""
    first = min(local(one.approved_at) for one in rows.mandates)
    minuted = [one for one in rows.meetings if one.minuted_on and not one.is_registered]
    days: dict[str, Any] = {
        "before anything was known": first - DAY,
        "in the first quarter": first + 40 * DAY,
        "at the end of the first quarter": first + 80 * DAY,
        "after the first quarter": first + 100 * DAY,
        "when the first year was over": first + 366 * DAY,
        "before the newest version": rows.mandates[-1].effective_from - DAY,
        "the newest version": rows.mandates[-1].effective_from,
        "today": rows.today,
    }
    for nth, met in (("first", minuted[0]), ("newest", minuted[-1])):
        days[f"the day of the {nth} meeting"] = met.day
        days[f"before the minutes of the {nth}"] = met.minuted_on - DAY
        days[f"when the minutes of the {nth} were approved"] = met.minuted_on
    for one in (*rows.seat_events, *rows.role_events):
        holds = one.facts.get("capacity") == "holder" or one.facts.get("kind") == "executive"
        if holds and one.on > first:
            days[f"the day of {one.act}"] = one.on
            days[f"after {one.act}"] = one.on + DAY
    days["after the minutes of the newest"] = minuted[-1].minuted_on + DAY
    lived = [first + number * DAY for number in range((rows.today - first).days)]
    ends = [day for day in lived if (day + DAY).day == 1]
    quarters = [day for day in ends if day.month % 3 == 0]
    _spread(days, quarters, QUARTERS)
    _spread(days, ends, DATES - len(set(days.values())))
    return days


def _spread(days: dict[str, date], ends: Sequence[date], number: int) -> None:
    """Add this many ends of months, each as far as can be from the dates there are."""
    for _time in range(number):
        far = max(ends, key=lambda day: min(abs(day - one) for one in days.values()))
        days[f"month end {far}"] = far
