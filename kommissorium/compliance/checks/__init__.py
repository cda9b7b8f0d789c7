"""One check for each kind of clause. CHECKS is the table: by measure, a function of the past."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.compliance.assessment import Finding
from kommissorium.compliance.checks import (
    agendas,
    calendars,
    leading,
    members,
    owners,
    reporting,
    risks,
)
from kommissorium.compliance.checks.registers import not_measured
from kommissorium.compliance.history import History

type Check = Callable[[Clause, History, date], Finding]

CHECKS: Mapping[str, Check] = {
    Measure.SEAT_FILLED: members.seat_filled,
    Measure.STEERING: leading.steering,
    Measure.WEIGHED_DECISIONS: leading.weighed_decisions,
    Measure.OWNERSHIP: owners.ownership,
    Measure.OWNER_GUIDELINES: owners.owner_guidelines,
    Measure.OWNER_DOCUMENTATION: owners.owner_documentation,
    Measure.CHAIR_MANDATE: leading.chair_mandate,
    Measure.RISK_LEVEL: risks.risk_level,
    Measure.POLICY_REVISION: risks.policy_revision,
    Measure.MANAGEMENT_SUPPORT: reporting.management_support,
    Measure.EXECUTIVE_REPORTING: reporting.executive_reporting,
    Measure.MEETINGS_PER_YEAR: calendars.meetings_per_year,
    Measure.CALENDAR_HORIZON: calendars.calendar_horizon,
    Measure.AGENDA_MINUTES: agendas.on_the_agenda,
    Measure.AGENDA_ONGOING: agendas.on_the_agenda,
    Measure.AGENDA_INCIDENTS: agendas.on_the_agenda,
    Measure.AGENDA_YEAR_WHEEL: agendas.on_the_agenda,
    Measure.AGENDA_COMING_TASKS: agendas.on_the_agenda,
    Measure.AGENDA_POLICIES: agendas.on_the_agenda,
    Measure.AGENDA_ANY_OTHER_BUSINESS: agendas.on_the_agenda,
}
# An agenda item of the committee's own is looked for by its words.
BY_KIND: Mapping[str, Check] = {Clause.Kind.AGENDA: agendas.on_the_agenda}


def find(clause: Clause, history: History, on: date) -> Finding:
    """Return what is found of the clause on the date; a clause nothing measures says so."""
    check = CHECKS.get(clause.measure) if clause.measure else BY_KIND.get(clause.kind)
    return check(clause, history, on) if check else not_measured(clause)
