"""Names of the measures of a committee: one for each kind of promise in its mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kommissorium.measures.codes import Measure

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


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
