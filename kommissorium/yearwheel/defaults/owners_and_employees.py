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
        key="awareness_plan",
        measures=(Measure.AWARENESS_TRAINING,),
        title=_("Plan the year's information and teaching"),
        method=_(
            "Choose campaigns, courses and simulations for employees and management from what the year's incidents and figures call for, with days and people who answer for them. Lay the plan before the committee."
        ),
        success=_("The committee has approved the plan before the year begins."),
        by_decision=True,
        month=11,
        day=20,
        feeds=Measure.AGENDA_YEAR_WHEEL,
        tags=(_("awareness"), _("planning")),
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
)
