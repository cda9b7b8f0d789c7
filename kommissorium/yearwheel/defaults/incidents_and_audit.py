"""Default duties: incidents, status, oversight and audit."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.defaults.model import DutyDefault
from kommissorium.yearwheel.models import Rhythm

FOLLOWING: Final = (
    DutyDefault(
        key="incidents",
        measures=(Measure.INCIDENT_EVALUATION,),
        title=_("Go through incidents since the last meeting"),
        method=_(
            "Collect breaches and attacks since last time: cause, handling and what can be learnt."
        ),
        success=_("The committee has evaluated each, and what was learnt has become tasks."),
        by_decision=True,
        rhythm=Rhythm.MEETING,
        feeds=Measure.AGENDA_INCIDENTS,
        tags=(_("incidents"),),
        lead_days=14,
    ),
    DutyDefault(
        key="lessons",
        measures=(Measure.INCIDENT_EVALUATION,),
        title=_("Sum up what the year's incidents have taught"),
        method=_(
            "Look at all incidents of last year together: what recurs, what did it cost, and which measures would have helped?"
        ),
        success=_("The committee has chosen what to do about what recurs."),
        by_decision=True,
        month=3,
        day=15,
        feeds=Measure.AGENDA_INCIDENTS,
        tags=(_("incidents"),),
    ),
    DutyDefault(
        key="quarterly_status",
        measures=(Measure.QUARTERLY_STATUS,),
        title=_("Write the quarterly security status"),
        method=_(
            "Collect risks, completed checks, overdue measures and figures of the quarter, and write what they mean."
        ),
        success=_("The committee has discussed the status and approved it."),
        by_decision=True,
        interval_months=3,
        month=3,
        day=15,
        feeds=Measure.AGENDA_ONGOING,
        tags=(_("report"),),
        by_clause=True,
    ),
    DutyDefault(
        key="access_rights",
        measures=(Measure.QUARTERLY_STATUS,),
        title=_("Check users' access rights"),
        method=_(
            "Have each system owner go through who has access and whether they still need it. Look hardest at rights to administer."
        ),
        success=_("Nobody has more access than their work asks for."),
        evidence=_("The owners' answers"),
        interval_months=6,
        month=4,
        day=20,
        tags=(_("access"), _("owners")),
    ),
    DutyDefault(
        key="project_status",
        measures=(Measure.PROJECT_STATUS,),
        title=_("Collect the status of security projects"),
        method=_(
            "Ask the project managers and IT for green, yellow or red with a reason, and what has changed since last quarter."
        ),
        success=_("The committee has approved the status."),
        by_decision=True,
        interval_months=3,
        month=3,
        day=15,
        feeds=Measure.AGENDA_ONGOING,
        tags=(_("report"),),
        by_clause=True,
    ),
    DutyDefault(
        key="awareness_evaluation",
        measures=(Measure.AWARENESS_EVALUATION,),
        title=_("Evaluate training and campaigns"),
        method=_(
            "Hold the half year's figures against the goals: completion, simulated attacks, incidents that employees reported."
        ),
        success=_("The committee has judged the effect and chosen the next half year's effort."),
        by_decision=True,
        interval_months=6,
        month=6,
        day=15,
        feeds=Measure.AGENDA_YEAR_WHEEL,
        tags=(_("awareness"),),
        by_clause=True,
    ),
    DutyDefault(
        key="audit_plan",
        measures=(Measure.AUDIT_EVALUATION,),
        title=_("Plan the year's audits"),
        method=_(
            "Choose what is to be audited from the risks and the findings of last year, an auditor who is independent of it, and the days. Lay the plan before the committee."
        ),
        success=_("The committee has approved the plan, and every auditor is independent."),
        by_decision=True,
        month=11,
        day=15,
        feeds=Measure.AGENDA_YEAR_WHEEL,
        tags=(_("audit"), _("planning")),
    ),
    DutyDefault(
        key="management_review",
        measures=(Measure.AUDIT_EVALUATION,),
        title=_("Prepare the management's review"),
        method=_(
            "Collect goals, audit, incidents, risks, resources and the wishes of those concerned, so that the management can decide what is to be better."
        ),
        success=_("The committee has held the review and decided what is to be improved."),
        by_decision=True,
        month=11,
        day=15,
        feeds=Measure.AGENDA_YEAR_WHEEL,
        tags=(_("audit"), _("report")),
        lead_days=45,
    ),
    DutyDefault(
        key="technical_measures",
        measures=(Measure.PROJECT_STATUS,),
        title=_("Go through the technical measures"),
        method=_(
            "Write for malware protection, firewall, mail filters, encryption, network and physical security how they stand, what has changed since last quarter and what does not work."
        ),
        success=_("The committee has approved the status, and what does not work has an owner."),
        interval_months=3,
        month=3,
        day=15,
        by_decision=True,
        feeds=Measure.AGENDA_ONGOING,
        tags=(_("operation"),),
    ),
    DutyDefault(
        key="logging",
        measures=(Measure.QUARTERLY_STATUS,),
        title=_("Check the logging of critical systems"),
        method=_(
            "Have each system owner see that the system logs what is agreed, that somebody reads it, and that the log cannot be changed."
        ),
        success=_("Every critical system logs as agreed, and somebody follows up."),
        evidence=_("The owners' answers"),
        interval_months=6,
        month=2,
        day=10,
        tags=(_("operation"), _("owners")),
    ),
    DutyDefault(
        key="vulnerabilities",
        measures=(Measure.QUARTERLY_STATUS,),
        title=_("Check that vulnerabilities are mended"),
        method=_(
            "Have each system owner go through known vulnerabilities and missing updates. What cannot be mended in time goes to the committee as a risk."
        ),
        success=_("No serious vulnerability is older than its deadline without a decision."),
        evidence=_("The owners' answers, and the list of what is open"),
        interval_months=3,
        month=2,
        day=20,
        lead_days=14,
        tags=(_("operation"), _("owners")),
    ),
)
