"""T7: the committee approves each quarter how projects and each of the seven technical areas stand.

What counts is approved with the state of all seven, each shown by something of the quarter or
later (WorkStatusProposal.told); a status is not put forward while a project is silent.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.projects.proposal import KIND
from kommissorium.registers.findings import Check, Evidence, Finding, Question, Step, event_evidence
from kommissorium.registers.past import StandardPast
from kommissorium.registers.quarter_checks import ApprovedQuarter, QuarterStanding
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.technical_areas import AREAS


def security_work(clause: Clause, past: StandardPast, asked: Question) -> Finding:
    """T7: a status of projects and all areas was approved of each of the newest quarters."""
    approved = [
        ApprovedQuarter(
            key=one.key,
            quarter=Quarter(one.facts["year"], one.facts["number"]),
            decided=one.decided,
            noted=one.noted,
            by=one.by,
        )
        for one in past.approved
        if set(one.facts["areas"]) >= set(AREAS)
    ]
    known = [one for one in approved if one.is_known(asked)]
    step = Step(_("Go to projects and measures"), reverse("projects"))
    return QuarterStanding(clause, asked, known, _evidence, step).finding


def _evidence(one: ApprovedQuarter) -> Evidence:
    label = _("Status of the security work, %(quarter)s") % {"quarter": one.quarter.label}
    link, about = reverse("work_status", args=[one.key]), f"{KIND.kind} {one.key}"
    return event_evidence(label, link, about, one.noted, one.decided)


CHECKS: Mapping[str, Check[StandardPast]] = {Measure.PROJECT_STATUS: security_work}
