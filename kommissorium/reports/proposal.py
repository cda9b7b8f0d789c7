"""The status of a quarter before a committee: what agenda, record and mail say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusPart
from kommissorium.registers.technical_areas import AREAS
from kommissorium.reports.composing import compose
from kommissorium.reports.handwritten import PROJECTS
from kommissorium.reports.models import KeptPart, QuarterlyStatus
from kommissorium.reports.periodic_proposal import PeriodicProposal, quarter_of

TECHNICAL = frozenset({PROJECTS, *AREAS})


class StatusProposal(PeriodicProposal[QuarterlyStatus]):
    """Proposal to approve the status of a quarter."""

    kind, model, slug = "reports.quarterlystatus", QuarterlyStatus, "status"
    part = KeptPart
    listed = (gettext_lazy("Quarterly statuses"), "statuses")
    added = gettext_lazy("The figures of the status are added from the registers.")
    record_kind = "reports.status"
    description = gettext_lazy("What the committee approves of the quarter")
    duties = ("quarterly_status",)

    def compose(self, told: QuarterlyStatus) -> Sequence[StatusPart]:
        return compose(told.of, Quarter(told.year, told.number))

    def told(self, proposal: QuarterlyStatus) -> dict[str, Any]:
        parts = list(proposal.parts.all())
        figures = [one for part in parts for one in part.figures if one.value is not None]
        return {
            **self.called(proposal),
            "figures": len(figures),
            "told": sorted(one.code for one in parts if one.text or one.is_empty),
            "in_words": sorted(one.code for one in parts if one.text),
        }

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Status of %(quarter)s") % {"quarter": quarter_of(facts)}

    def lacks(self, proposal: QuarterlyStatus) -> list[str]:
        parts, missing = list(proposal.parts.all()), super().lacks(proposal)
        if not any(one.value is not None for part in parts for one in part.figures):
            missing.append(_("It has no figures. Compose it again."))
        if not any(one.text for one in parts if one.code in TECHNICAL):
            text = _("Write of the projects or of one technical area: not all can be empty.")
            missing.append(text)
        return missing

    def text(self, proposal: QuarterlyStatus) -> AgendaText:
        title = self.title_of(proposal)
        points = [_("approves the status of %(quarter)s") % {"quarter": proposal.period.label}]
        return AgendaText.of(title, points, self.conclusion(proposal))

    def approved_in_words(self, decision: Decision) -> str:
        found = QuarterlyStatus.objects.filter(decision=decision).first()
        if found is None:
            return ""
        values = {"title": self.title_of(found), "day": day(decision.decided_at)}
        return _("%(title)s: approved on %(day)s.") % values


KIND = StatusProposal()
