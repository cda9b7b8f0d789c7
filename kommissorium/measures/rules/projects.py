"""T7: the committee approves each quarter how projects and each of the seven technical areas stand.

What counts is approved with the state of all seven, each shown by something of the quarter or
later; a status is not put forward while a project is silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kommissorium.measures.clauses import Clause
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import Check, Evidence, Finding, Question, Step, event_evidence
from kommissorium.measures.kinds import CHAIRS, reads
from kommissorium.measures.past import StandardPast
from kommissorium.measures.periods import Quarter
from kommissorium.measures.rules.periods import ApprovedQuarter, QuarterStanding
from kommissorium.measures.said import _, link

KIND: Final = "projects.workstatus"
AREAS: Final = (
    *("antivirus", "firewall", "antispam", "antiphishing"),
    *("encryption", "network", "physical"),
)


@reads(CHAIRS)
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
    step = Step(_("Go to projects and measures"), link("projects"))
    none = _("No status of the security work has been approved yet.")
    newest = _("The newest status of the security work, of %(quarter)s, was approved on %(day)s.")
    return QuarterStanding(clause, asked, known, _evidence, step, none, newest).finding


def _evidence(one: ApprovedQuarter) -> Evidence:
    label = _("Status of the security work, %(quarter)s") % {"quarter": one.quarter.words}
    page, about = link("work_status", one.key), f"{KIND} {one.key}"
    return event_evidence(label, page, about, one.noted, one.decided)


CHECKS: Mapping[str, Check[StandardPast]] = {Measure.PROJECT_STATUS: security_work}
