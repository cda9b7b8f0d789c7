"""The checks of clauses that the committee's own past answers, by measure.

What a register measures stands among the register's own checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.compliance.checks import (
    agendas,
    calendars,
    leadership,
    members,
    policies,
    reports,
)
from kommissorium.compliance.checks.unmeasured import not_measured
from kommissorium.compliance.history import History
from kommissorium.registers.findings import Check, Finding

CHECKS: Final[Mapping[str, Check[History]]] = {
    Measure.SEAT_FILLED: members.seat_filled,  # M
    Measure.STEERING: leadership.steering,  # R1
    Measure.WEIGHED_DECISIONS: leadership.weighed_decisions,  # R3
    Measure.CHAIR_MANDATE: leadership.chair_mandate,  # R11
    Measure.POLICY_REVISION: policies.policy_revision,  # T3
    Measure.MANAGEMENT_SUPPORT: reports.management_support,  # R10
    Measure.EXECUTIVE_REPORTING: reports.executive_reporting,  # A7
    Measure.MEETINGS_PER_YEAR: calendars.meetings_per_year,  # K1
    Measure.CALENDAR_HORIZON: calendars.calendar_horizon,  # K2
    Measure.AGENDA_MINUTES: agendas.on_the_agenda,  # A1
    Measure.AGENDA_ONGOING: agendas.on_the_agenda,  # A2
    Measure.AGENDA_INCIDENTS: agendas.on_the_agenda,  # A3
    Measure.AGENDA_YEAR_WHEEL: agendas.on_the_agenda,  # A4
    Measure.AGENDA_COMING_TASKS: agendas.on_the_agenda,  # A5
    Measure.AGENDA_POLICIES: agendas.on_the_agenda,  # A6
    Measure.AGENDA_ANY_OTHER_BUSINESS: agendas.on_the_agenda,  # A8
}
# An agenda item of the committee's own is looked for by its words.
BY_KIND: Final[Mapping[str, Check[History]]] = {Clause.Kind.AGENDA: agendas.on_the_agenda}


def find(clause: Clause, history: History, on: date) -> Finding:
    """Return what is found of the clause on the date; a clause nothing measures says so."""
    check = CHECKS.get(clause.measure) if clause.measure else BY_KIND.get(clause.kind)
    if check:
        return check(clause, history, on)
    return history.found_by_register(clause, on) or not_measured(clause)
