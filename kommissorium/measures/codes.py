"""Codes of the committee's world that the rules ask about; the rows of the program hold the same."""

from __future__ import annotations

from enum import Enum

from kommissorium.measures.clauses import ADVISER, CHAIR, DEPUTY, PLAIN_MEMBER, SECRETARY
from kommissorium.measures.said import _

APPROVED, WITH_CHANGES, REJECTED = "approved", "with_changes", "rejected"  # outcomes of decisions
APPROVING = (APPROVED, WITH_CHANGES)
WEIGHED = (*APPROVING, REJECTED)  # there is nothing to weigh in what decides nothing
NOTED, DEFERRED = "noted", "deferred"
CONFIRMING = (*APPROVING, NOTED)  # by these minutes take up what the chair decided between meetings
EXECUTIVE, COORDINATOR, DPO = "executive", "coordinator", "dpo"  # roles in the municipality
ROLE_NAMES = {
    EXECUTIVE: _("Member of the executive board"),
    COORDINATOR: _("Information security coordinator"),
    DPO: _("Data protection officer"),
}
SEAT_NAMES = {
    CHAIR: _("Chair"),
    DEPUTY: _("Deputy chair"),
    SECRETARY: _("Secretary"),
    ADVISER: _("Adviser"),
    PLAIN_MEMBER: _("Member"),
}
CRITICAL, MINOR = "critical", "minor"  # faults that a duty found


class Measure(str, Enum):
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

    def __str__(self) -> str:
        return str(self.value)
