"""Default duties: how the committee steers, decides and reports."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kommissorium.committees.models import Clause
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.defaults.model import DutyDefault

STEERING: Final = (
    DutyDefault(
        key="objectives",
        measures=(Measure.OBJECTIVES,),
        title=_("Set the year's security goals and plan"),
        method=_(
            "Hold last year's goals against what came of them and against the strategy. Propose goals that can be measured, and the plan that leads to them."
        ),
        success=_("The committee has approved the goals, each with a figure and a date."),
        by_decision=True,
        month=3,
        day=15,
        tags=(_("planning"),),
        by_clause=True,
    ),
    DutyDefault(
        key="contacts",
        measures=(Measure.STEERING, Measure.SEAT_FILLED),
        title=_("Check the committee's members and contacts"),
        method=_(
            "Go through seats, deputies and the list of whom to call when something happens. Put right what has changed."
        ),
        success=_("Every seat is filled, and the list says whom to call today."),
        evidence=_("The list with the date it was checked"),
        month=1,
        day=20,
        tags=(_("planning"),),
    ),
    DutyDefault(
        key="weighing",
        measures=(Measure.WEIGHED_DECISIONS,),
        title=_("Check that decisions weigh security, usability and economy"),
        method=_(
            "Read the year's decisions and see whether the three are weighed, and whether the effort fits the threat."
        ),
        success=_("Every decision of weight says how it was weighed."),
        evidence=_("A list of the decisions looked at"),
        month=11,
        day=30,
        feeds=Measure.AGENDA_ONGOING,
        tags=(_("planning"),),
    ),
    DutyDefault(
        key="executive_report",
        measures=(Measure.EXECUTIVE_REPORTING, Measure.MANAGEMENT_SUPPORT),
        title=_("Report to the executive board"),
        method=_(
            "Sum up status, risks, incidents and what the board must decide. The mandate asks for it once a year with a member of the board in the committee, each quarter without; the wheel follows."
        ),
        success=_("The board has had the report and answered what it was asked."),
        evidence=_("The report, and the board's answer"),
        month=3,
        day=31,
        feeds=Measure.EXECUTIVE_REPORTING,
        tags=(_("report"),),
    ),
    DutyDefault(
        key="chair_approvals",
        measures=(Measure.CHAIR_MANDATE,),
        title=_("Go through what the chair has approved"),
        method=_(
            "List the plans, policies and procedures the chair approved on the committee's behalf, and lay the list before it."
        ),
        success=_("The committee knows all of them, and none lies outside the chair's mandate."),
        evidence=_("The list"),
        month=11,
        day=1,
        feeds=Measure.AGENDA_POLICIES,
        tags=(_("policies"),),
    ),
    DutyDefault(
        key="policy_framework",
        measures=(Measure.POLICY_FRAMEWORK,),
        title=_("Go through policy, organisation and roles"),
        method=_(
            "Read the framework of the security policy with the current risk assessment beside it: do organisation, roles, checks and contingency still fit?"
        ),
        success=_("The committee has confirmed the framework or decided what is to change."),
        by_decision=True,
        month=6,
        day=15,
        feeds=Measure.AGENDA_POLICIES,
        tags=(_("policies"),),
        lead_days=60,
        by_clause=True,
    ),
    DutyDefault(
        key="risk_level",
        measures=(Measure.RISK_LEVEL,),
        title=_("Decide the risk level"),
        method=_(
            "Lay the picture of risks before the committee, with treatment plans and the risks that somebody accepts. Let it say which level it will live with."
        ),
        success=_(
            "The level is approved, and every risk above it has a plan or an acceptance with an end."
        ),
        by_decision=True,
        month=3,
        day=15,
        tags=(_("risk"),),
        lead_days=45,
        by_clause=True,
    ),
    DutyDefault(
        key="risk_assessments",
        measures=(Measure.RISK_LEVEL,),
        title=_("Assess the risks of critical systems and processing"),
        method=_(
            "Have each owner go through threats, likelihood and consequences for the municipality and for the people the data are about. Again whenever something changes."
        ),
        success=_("Every critical system has an assessment that is less than a year old."),
        evidence=_("The risk assessments"),
        month=4,
        day=30,
        tags=(_("risk"), _("owners")),
        lead_days=60,
    ),
    DutyDefault(
        key="policy_revision",
        measures=(Measure.POLICY_REVISION,),
        title=_("Revise the security policy"),
        method=_(
            "Hold the policy against the current risk assessment, new law and the year's incidents. Propose what is to be changed, or that nothing is."
        ),
        success=_(
            "The committee has adopted the revised policy, or decided to keep it, and said why."
        ),
        by_decision=True,
        month=6,
        day=15,
        feeds=Measure.AGENDA_POLICIES,
        tags=(_("policies"), _("risk")),
        lead_days=60,
        by_clause=True,
    ),
    DutyDefault(
        key="exemptions",
        measures=(Measure.UNDERLYING_POLICIES,),
        title=_("Go through exemptions, impact assessments and the statement of applicability"),
        method=_(
            "See which exemptions run out, which impact assessments need to be done again and whether the statement of applicability still is right."
        ),
        success=_(
            "No exemption is without an end, and nothing is older than its own date of revision."
        ),
        evidence=_("The list of what was gone through"),
        month=10,
        day=31,
        role=Clause.Role.ADVISER,
        tags=(_("data protection"), _("policies")),
    ),
    DutyDefault(
        key="year_plan",
        measures=(Measure.MEETINGS_PER_YEAR,),
        title=_("Plan next year's meetings and year wheel"),
        method=_(
            "Propose the dates of the meetings, and go through the year wheel: what is to be added, moved or ended?"
        ),
        success=_("The committee has approved both before the year begins."),
        by_decision=True,
        month=11,
        day=15,
        feeds=Measure.AGENDA_COMING_TASKS,
        tags=(_("meetings"), _("planning")),
    ),
    DutyDefault(
        key="nis2_registration",
        measures=(Measure.STEERING, Measure.POLICY_FRAMEWORK),
        title=_("Keep the NIS 2 registration true"),
        method=_(
            "Read what is registered: name, address, e-mail, telephone, IP ranges and sector. The act gives two weeks to report what has changed."
        ),
        success=_("What is registered is true today, and no change is older than two weeks."),
        evidence=_("The registration as it was read, or the receipt of the change"),
        interval_months=3,
        month=2,
        day=12,
        lead_days=14,
        tags=(_("planning"),),
    ),
    DutyDefault(
        key="dpo_report",
        measures=(Measure.STEERING, Measure.MANAGEMENT_SUPPORT),
        title=_("Hand over the data protection officer's yearly report"),
        method=_(
            "The data protection officer sums up the year's advice, breaches, requests and oversight, and says what worries them. The executive board gets it unchanged."
        ),
        success=_("The executive board has had the report, and the committee has read it."),
        evidence=_("The report"),
        month=2,
        day=15,
        role=Clause.Role.ADVISER,
        feeds=Measure.AGENDA_ONGOING,
        tags=(_("data protection"), _("report")),
    ),
    DutyDefault(
        key="budget",
        measures=(Measure.OBJECTIVES, Measure.MANAGEMENT_SUPPORT),
        title=_("Send wishes for next year's budget"),
        method=_(
            "Collect wishes from the members, and write of each which risk it lowers and what it costs. Send them before the council first reads the budget."
        ),
        success=_("The wishes are sent in time, and each says which risk it lowers."),
        evidence=_("The wishes as they were sent"),
        month=8,
        day=20,
        role=Clause.Role.CHAIR,
        feeds=Measure.AGENDA_COMING_TASKS,
        tags=(_("planning"),),
    ),
    DutyDefault(
        key="council_briefing",
        measures=(Measure.MANAGEMENT_SUPPORT, Measure.STEERING),
        title=_("Brief the new council"),
        method=_(
            "Tell the council after each election of the risks, the policy it answers for, and what NIS 2 asks of the management."
        ),
        success=_("The council has been briefed within two months of taking office."),
        evidence=_("The invitation, and what was shown"),
        interval_months=48,
        first_year=2026,
        month=2,
        day=25,
        lead_days=60,
        tags=(_("awareness"),),
    ),
)
