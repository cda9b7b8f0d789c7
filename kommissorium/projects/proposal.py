"""The status of projects and technical measures of a quarter before a committee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.ui.localised import day, kroner
from kommissorium.measures.codes import Measure
from kommissorium.measures.periods import Quarter
from kommissorium.projects.comparison import ComparedState, compared_states
from kommissorium.projects.models import Project, ProjectUpdate, WorkStatus
from kommissorium.projects.models.projects import OPEN, spent_of
from kommissorium.registers.agenda import enumerated
from kommissorium.registers.documents.record import Section
from kommissorium.registers.forms.rows import FORWARD, row_form
from kommissorium.registers.periods import ended_quarters, measured_since
from kommissorium.registers.proposing import AgendaText, Lack
from kommissorium.registers.standard_proposals import StandardProposal


class WorkStatusProposal(StandardProposal[WorkStatus]):
    """Proposal to approve the status of projects and technical measures in a quarter."""

    kind, model, slug = "projects.workstatus", WorkStatus, "work-status"
    listed = (gettext_lazy("Projects and measures"), "projects")
    added = gettext_lazy("Projects and measures are added from the register.")
    record_kind = "projects.status"
    description = gettext_lazy("How projects and technical measures stand")
    duties = ("project_status", "technical_measures")
    for_followers = True
    form = row_form(WorkStatus, "conclusion", "effort")
    form.required_when = {"conclusion": FORWARD}

    def same_as(self, proposal: WorkStatus) -> QuerySet[WorkStatus]:
        return WorkStatus.objects.filter(year=proposal.year, number=proposal.number)

    def told(self, proposal: WorkStatus) -> dict[str, Any]:
        """Return the quarter, and of which of the seven areas the state is told and shown."""
        rows = proposal.states.select_related("measure", "status")
        areas = sorted(one.measure.area for one in rows if one.measure.area and one.is_whole)
        quarter = {"year": proposal.year, "number": proposal.number}
        return {"kind": self.kind, **quarter, "areas": areas}

    def named(self, facts: Mapping[str, Any]) -> str:
        quarter = Quarter(facts["year"], facts["number"])
        return _("Status of the security work, %(quarter)s") % {"quarter": quarter.label}

    def title_of(self, proposal: WorkStatus) -> str:
        return self.named({"year": proposal.year, "number": proposal.number})

    def lacks(self, proposal: WorkStatus) -> list[str]:
        quarter, missing = proposal.quarter, []
        if not quarter.has_ended(timezone.localdate()):
            missing.append(_("The quarter has not ended yet."))
        rows = proposal.states.select_related("measure", "status").order_by("measure_id")
        if names := [one.measure.title for one in rows if not one.is_whole]:
            text = _(
                "Say how it stands, and what shows it with a date of the quarter or later: %(names)s."
            )
            missing.append(text % {"names": enumerated(names)})
        silent = Project.objects.silent_since(quarter.first)
        if names := [one.title for one in silent]:
            text = _("Nothing was reported on these projects in the quarter or later: %(names)s.")
            missing.append(text % {"names": enumerated(names)})
        if not proposal.conclusion:
            missing.append(Lack(_("Write what the status shows."), "conclusion"))
        return missing

    def text(self, proposal: WorkStatus) -> AgendaText:
        quarter = {"quarter": proposal.quarter.label}
        points = [
            _("approves how security projects stand after %(quarter)s") % quarter,
            _("approves the state of the technical measures and their planned improvement"),
        ]
        title = self.title_of(proposal)
        return AgendaText.of(title, points, [proposal.conclusion, proposal.effort])

    def body(self, proposal: WorkStatus) -> dict[str, Any]:
        states = compared_states(proposal)
        return {
            "conclusion": proposal.conclusion,
            "effort": proposal.effort,
            "projects": project_rows(proposal.quarter),
            "measures": [_measure_row(one) for one in states],
            "plans": [[one.state.measure.title, one.state.text, one.state.plan] for one in states],
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        projects = (
            _("Project"),
            _("How it stands"),
            _("Why"),
            _("Spent of the budget"),
            _("Responsible"),
        )
        measures = (
            _("Technical measure"),
            _("How it stands"),
            _("Changed since last"),
            _("Figure"),
            _("What shows it"),
        )
        plans = (_("Technical measure"), _("The state in words"), _("Planned improvement"))
        return [
            Section(_("What the status shows"), content["conclusion"]),
            Section(_("Projects"), "", projects, content["projects"], (4, 2, 5, 3, 2)),
            Section(_("Technical measures"), "", measures, content["measures"], (3, 2, 3, 3, 4)),
            Section(_("State and improvement"), "", plans, content["plans"], (3, 6, 5)),
            Section(_("What the next quarter is used for"), content["effort"]),
        ]


KIND = WorkStatusProposal()


def quarter_to_tell(today: date) -> Quarter | None:
    """Return the quarter whose status is to be begun: the older of the newest two that lacks one.

    Where there is none yet at all, the newest alone. None where both have one.
    """
    there = {one.quarter for one in WorkStatus.objects.exclude(state="dropped")}
    first = min(there).first if there else Quarter.of(today).before.first
    newest = list(ended_quarters(first, today))[:2]
    return next((quarter for quarter in reversed(newest) if quarter not in there), None)


def quarter_owed(today: date) -> Quarter | None:
    """Return the quarter to tell of, if a mandate asked for its status from its first day."""
    quarter = quarter_to_tell(today)
    since = measured_since((Measure.PROJECT_STATUS,), today).values()
    return quarter if quarter and quarter.first >= min(since, default=date.min) else None


def project_rows(quarter: Quarter) -> list[list[str]]:
    """Return the projects under way, and those that came to their end in the quarter or later."""
    ended = ProjectUpdate.objects.filter(day__gte=quarter.first, standing__in=("done", "stopped"))
    rows: Any = Project.objects.standing_on().select_related("owner").order_by("due", "pk")
    wanted = Q(now_standing__in=OPEN) | Q(pk__in=ended.order_by().values("project"))
    return [_project_row(one) for one in rows.filter(wanted)]


def _project_row(one: Project) -> list[str]:
    money = spent_of(one.now_spent, one.budget)
    if one.now_asked:
        asked = _("%(kroner)s more are asked for") % {"kroner": kroner(one.now_asked)}
        money = f"{money}; {asked}"
    told = _("%(reason)s (%(day)s)") % {"reason": one.now_reason, "day": day(one.told_on)}
    return [one.title, one.standing_label, told, money, one.owner.name if one.owner else "–"]


def _measure_row(one: ComparedState) -> list[str]:
    state = one.state
    shown = f"{state.evidence} ({day(state.evidence_on)})" if state.evidence_on else state.evidence
    figure = state.figure_in_words or "–"
    return [state.measure.title, state.light_label or "–", one.change or "–", figure, shown or "–"]
