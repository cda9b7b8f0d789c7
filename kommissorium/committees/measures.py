"""Measures of a committee: one for each kind of promise in its mandate."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Measure(StrEnum):
    """A check that tells whether a clause is fulfilled. The codes never change.

    In brackets in the comments: the clause of our own terms of reference that it measures.
    """

    SEAT_FILLED = "seat_filled"  # M
    STEERING = "steering"  # R1
    OBJECTIVES = "objectives"  # R2
    WEIGHED_DECISIONS = "weighed_decisions"  # R3
    OWNERSHIP = "ownership"  # R4
    OWNER_GUIDELINES = "owner_guidelines"  # R5
    OWNER_DOCUMENTATION = "owner_documentation"  # R6
    AWARENESS_TRAINING = "awareness_training"  # R7
    CONTINUITY_PLANS = "continuity_plans"  # R8
    CONTINUITY_TEST = "continuity_test"  # R9
    MANAGEMENT_SUPPORT = "management_support"  # R10
    CHAIR_MANDATE = "chair_mandate"  # R11
    POLICY_FRAMEWORK = "policy_framework"  # T1
    RISK_LEVEL = "risk_level"  # T2
    POLICY_REVISION = "policy_revision"  # T3
    UNDERLYING_POLICIES = "underlying_policies"  # T4
    INCIDENT_EVALUATION = "incident_evaluation"  # T5
    QUARTERLY_STATUS = "quarterly_status"  # T6
    PROJECT_STATUS = "project_status"  # T7
    AWARENESS_EVALUATION = "awareness_evaluation"  # T8
    AUDIT_EVALUATION = "audit_evaluation"  # T9
    MEETINGS_PER_YEAR = "meetings_per_year"  # K1
    CALENDAR_HORIZON = "calendar_horizon"  # K2
    AGENDA_MINUTES = "agenda_minutes"  # A1
    AGENDA_ONGOING = "agenda_ongoing"  # A2
    AGENDA_INCIDENTS = "agenda_incidents"  # A3
    AGENDA_YEAR_WHEEL = "agenda_year_wheel"  # A4
    AGENDA_COMING_TASKS = "agenda_coming_tasks"  # A5
    AGENDA_POLICIES = "agenda_policies"  # A6
    EXECUTIVE_REPORTING = "executive_reporting"  # A7
    AGENDA_ANY_OTHER_BUSINESS = "agenda_any_other_business"  # A8


_LABELS: Final[dict[Measure, _StrPromise]] = {
    Measure.SEAT_FILLED: _("The seat is filled"),
    Measure.STEERING: _("Information security is steered"),
    Measure.OBJECTIVES: _("Security objectives are set and followed"),
    Measure.WEIGHED_DECISIONS: _("Decisions weigh security, usability and economy"),
    Measure.OWNERSHIP: _("Data, systems and archives have owners"),
    Measure.OWNER_GUIDELINES: _("Guidelines for owners exist"),
    Measure.OWNER_DOCUMENTATION: _("Owners have made their documentation"),
    Measure.AWARENESS_TRAINING: _("Employees are trained and informed"),
    Measure.CONTINUITY_PLANS: _("Continuity plans exist"),
    Measure.CONTINUITY_TEST: _("Continuity is tested"),
    Measure.MANAGEMENT_SUPPORT: _("The management stands behind the work"),
    Measure.CHAIR_MANDATE: _("The chair may approve"),
    Measure.POLICY_FRAMEWORK: _("The framework of the security policy is laid down"),
    Measure.RISK_LEVEL: _("The risk level is approved"),
    Measure.POLICY_REVISION: _("The security policy is revised"),
    Measure.UNDERLYING_POLICIES: _("Underlying policies are approved"),
    Measure.INCIDENT_EVALUATION: _("Incidents are evaluated"),
    Measure.QUARTERLY_STATUS: _("The security status is approved"),
    Measure.PROJECT_STATUS: _("The status of security projects is approved"),
    Measure.AWARENESS_EVALUATION: _("Awareness is evaluated"),
    Measure.AUDIT_EVALUATION: _("Internal audits are evaluated"),
    Measure.MEETINGS_PER_YEAR: _("Number of meetings a year"),
    Measure.CALENDAR_HORIZON: _("The meeting calendar reaches far enough"),
    Measure.AGENDA_MINUTES: _("Agenda: minutes of the last meeting"),
    Measure.AGENDA_ONGOING: _("Agenda: ongoing work"),
    Measure.AGENDA_INCIDENTS: _("Agenda: incidents"),
    Measure.AGENDA_YEAR_WHEEL: _("Agenda: tasks of the year wheel"),
    Measure.AGENDA_COMING_TASKS: _("Agenda: tasks of the coming quarter"),
    Measure.AGENDA_POLICIES: _("Agenda: policies and guidelines"),
    Measure.EXECUTIVE_REPORTING: _("Reports to the executive board"),
    Measure.AGENDA_ANY_OTHER_BUSINESS: _("Agenda: any other business"),
}

MEASURE_CHOICES: Final[list[tuple[str, _StrPromise]]] = [
    (measure.value, label) for measure, label in _LABELS.items()
]


def measure_label(measure: Measure | str) -> str:
    """Return the name of the measure on screen, in the active language.

    Raises ValueError for a code that is no measure.
    """
    return str(_LABELS[Measure(measure)])
