"""Default duties: owners, employees and contingency."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kommissorium.committees.models import Clause
from kommissorium.measures.codes import Measure
from kommissorium.yearwheel.defaults.model import DutyDefault

PEOPLE: Final = (
    DutyDefault(
        key="ownership",
        measures=(Measure.OWNERSHIP,),
        title=_("Find systems, data and archives without an owner"),
        method=_(
            "Go through the lists of systems, data sets and paper archives. Ask the management for an owner where one is missing or has left."
        ),
        success=_("Everything on the lists has an owner who knows of it."),
        evidence=_("The lists with the date they were gone through"),
        month=2,
        day=20,
        feeds=Measure.AGENDA_ONGOING,
        tags=(_("owners"),),
        by_clause=True,
    ),
    DutyDefault(
        key="owner_guidelines",
        measures=(Measure.OWNER_GUIDELINES,),
        title=_("Update the guidance for owners"),
        method=_(
            "Read the guidance with two owners: do they know what they must do after reading it? Correct it and tell all owners."
        ),
        success=_("The guidance is less than a year old, and every owner has it."),
        evidence=_("The guidance"),
        month=2,
        day=20,
        tags=(_("owners"),),
        by_clause=True,
    ),
    DutyDefault(
        key="owner_documentation",
        measures=(Measure.OWNER_DOCUMENTATION,),
        title=_("Check the owners' procedures and documents"),
        method=_(
            "Ask each owner whether procedures and required documents are there and up to date. Look at some of them yourself."
        ),
        success=_("Nothing required is missing, or it has an owner and a date."),
        evidence=_("The owners' answers, and what was looked at"),
        month=2,
        day=20,
        feeds=Measure.AGENDA_ONGOING,
        tags=(_("owners"),),
        by_clause=True,
    ),
    DutyDefault(
        key="records_of_processing",
        measures=(Measure.OWNER_DOCUMENTATION,),
        title=_("Update the record of processing activities"),
        method=_(
            "Go through the record with those who process personal data: what is new, what has stopped, what has changed?"
        ),
        success=_("The record matches what is done."),
        evidence=_("The record with the date it was gone through"),
        month=2,
        day=25,
        role=Clause.Role.ADVISER,
        tags=(_("data protection"), _("owners")),
    ),
    DutyDefault(
        key="data_protection_day",
        measures=(Measure.AWARENESS_TRAINING,),
        title=_("Run a campaign on Data Protection Day"),
        method=_(
            "Choose one message the year's incidents call for, and bring it to all employees around 28 January."
        ),
        success=_("The message has reached every department, those without a screen too."),
        evidence=_("The material, and where it was shown"),
        month=1,
        day=28,
        role=Clause.Role.ADVISER,
        tags=(_("awareness"), _("data protection")),
    ),
    DutyDefault(
        key="training",
        measures=(Measure.AWARENESS_TRAINING,),
        title=_("Train employees and simulate phishing"),
        method=_(
            "Hold the half year's course and a simulated attack, clear of the autumn holiday. Note how many took part and how many were caught."
        ),
        success=_("Every department has taken part, and fewer were caught than last time."),
        evidence=_("The figures by department"),
        interval_months=6,
        month=10,
        day=5,
        tags=(_("awareness"),),
        lead_days=45,
        by_clause=True,
    ),
    DutyDefault(
        key="management_courses",
        measures=(Measure.AWARENESS_TRAINING,),
        title=_("Check that the management has taken its courses"),
        method=_(
            "NIS 2 asks the management body to take courses in managing cyber risks. See who has, and book those who have not."
        ),
        success=_("Everybody in the management body has taken a course and can show it."),
        evidence=_("The certificates"),
        month=5,
        day=15,
        tags=(_("awareness"),),
    ),
    DutyDefault(
        key="continuity_plans",
        measures=(Measure.CONTINUITY_PLANS,),
        title=_("Update the plans for contingency, emergency operation and recovery"),
        method=_(
            "Have the owners read their plans: are names, numbers, systems and suppliers right, and do the plans fit together?"
        ),
        success=_("Every plan is current and can be found when the network is down."),
        evidence=_("The plans with the date they were gone through"),
        month=8,
        day=31,
        tags=(_("continuity"),),
        lead_days=60,
        by_clause=True,
    ),
    DutyDefault(
        key="continuity_test_plan",
        measures=(Measure.CONTINUITY_TEST,),
        title=_("Plan the year's contingency test"),
        method=_(
            "Choose a scenario that is likely and hurts, who takes part and what is to be measured. Lay it before the committee."
        ),
        success=_("The committee has approved the test."),
        by_decision=True,
        month=6,
        day=15,
        feeds=Measure.AGENDA_YEAR_WHEEL,
        tags=(_("continuity"),),
    ),
    DutyDefault(
        key="continuity_test",
        measures=(Measure.CONTINUITY_TEST,),
        title=_("Carry out and evaluate the contingency test"),
        method=_(
            "Run the test, note times against the goals, and turn what was learnt into tasks and into the plans."
        ),
        success=_(
            "The goals were met, or what is missing has an owner and a date. The plans hold what was learnt."
        ),
        evidence=_("The evaluation"),
        month=9,
        day=30,
        feeds=Measure.AGENDA_YEAR_WHEEL,
        tags=(_("continuity"),),
        lead_days=45,
        by_clause=True,
    ),
    DutyDefault(
        key="restore",
        measures=(Measure.CONTINUITY_TEST,),
        title=_("Try to restore from backup"),
        method=_("Fetch a database and some files from the backup, and note the time it takes."),
        success=_("Everything can be read, and the time agreed is kept."),
        evidence=_("The times of the test"),
        interval_months=6,
        month=4,
        day=10,
        lead_days=14,
        tags=(_("continuity"), _("operation")),
    ),
    DutyDefault(
        key="alarm_list",
        measures=(Measure.CONTINUITY_PLANS,),
        title=_("Test the alarm list"),
        method=_(
            "Call everybody on the list outside working hours, and note who answers and how fast. Put wrong numbers right at once."
        ),
        success=_("Everybody, or their deputy, answered within the time agreed."),
        evidence=_("The list with the times of the calls"),
        interval_months=6,
        month=5,
        day=5,
        lead_days=14,
        tags=(_("continuity"),),
    ),
)
