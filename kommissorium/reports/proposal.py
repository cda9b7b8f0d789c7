"""The status of a quarter before a committee: what agenda, record and mail say of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Decision
from kommissorium.registers.documents.record import Section
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.registers.status import figures_of
from kommissorium.reports.documents import status_pdf
from kommissorium.reports.handwritten import AREAS, CONCLUSION, PROJECTS
from kommissorium.reports.models import QuarterlyStatus

TECHNICAL = frozenset({PROJECTS, *AREAS})


class StatusProposal(StandardProposal[QuarterlyStatus]):
    """Approve the status of a quarter."""

    kind, model, slug = "reports.quarterlystatus", QuarterlyStatus, "status"
    listed = (gettext_lazy("Quarterly statuses"), "statuses")
    asked = gettext_lazy("A quarterly status waits for your decision: %(title)s.")
    added = gettext_lazy("The figures of the status are added from the registers.")
    record_kind = "reports.status"
    description = gettext_lazy("What the committee approves of the quarter")
    related = ("of", "committee", "proposed_by", "made_by", "decision")
    parts = ("parts",)
    # The status of projects and technical measures is a part of it.
    duties = ("quarterly_status", "project_status", "technical_measures")

    def edit_url(self, proposal: QuarterlyStatus) -> str:
        return reverse("status_edit", args=[proposal.pk])

    def committee_of(self, proposal: QuarterlyStatus) -> Committee:
        return proposal.of

    def same_as(self, proposal: QuarterlyStatus) -> QuerySet[QuarterlyStatus]:
        # Each quarter has its own, and none takes another's place.
        return QuarterlyStatus.objects.of_quarter(proposal.of, proposal.quarter)

    def called(self, proposal: QuarterlyStatus) -> dict[str, Any]:
        """Return the facts from which an event is known to be about it."""
        return {"kind": self.kind, "quarter": str(proposal.quarter)}

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
        return _("Status of %(quarter)s") % {"quarter": Quarter.parse(facts["quarter"]).label}

    def lacks(self, proposal: QuarterlyStatus) -> list[str]:
        parts = list(proposal.parts.all())
        empty = [one.heading for one in parts if one.lacks_words]
        missing = []
        if empty:
            text = _("Write what there is to tell, or say that there is nothing: %(parts)s.")
            missing.append(text % {"parts": ", ".join(empty)})
        if not any(one.value is not None for part in parts for one in part.figures):
            missing.append(_("It has no figures. Compose it again."))
        if not any(one.text for one in parts if one.code in TECHNICAL):
            text = _("Write of the projects or of one technical area: not all can be empty.")
            missing.append(text)
        return missing

    def text(self, proposal: QuarterlyStatus) -> AgendaText:
        title = self.title_of(proposal)
        points = [_("approves the status of %(quarter)s") % {"quarter": proposal.quarter.label}]
        said = [one.text for one in proposal.parts.all() if one.code == CONCLUSION]
        return AgendaText.of(title, points, said)

    def body(self, proposal: QuarterlyStatus) -> dict[str, Any]:
        quarter = proposal.quarter
        return {
            "committee": proposal.of.name,
            "quarter": str(quarter),
            "label": quarter.label,
            "before": quarter.before.label,
            "first": quarter.first.isoformat(),
            "last": quarter.last.isoformat(),
            "composed_on": proposal.composed_at.date().isoformat(),
            "key": proposal.pk,
            "edited_word": proposal.word_file_id or "",
            "parts": [part.data for part in proposal.parts.all()],
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        """Return the figures that have become worse or better in one table; all where none has."""
        figures = [one for part in content["parts"] for one in figures_of(part)]
        changed = [one for one in figures if one.course in {"worse", "better"}]
        rows = [
            [one.label, one.shown, one.shown_before, one.change_in_words]
            for one in changed or figures
        ]
        columns = (_("What"), content["label"], content["before"], _("Change since"))
        heading = _("What has become better or worse") if changed else _("Figures of the quarter")
        return [Section(heading, "", columns, rows, (5, 2, 2, 2))]

    def kept_content(self, proposal: QuarterlyStatus) -> dict[str, Any]:
        """Return what it says: of an approved one as it was frozen."""
        if proposal.record:
            content: dict[str, Any] = json.loads(proposal.record.content)
            return content
        return self.content(proposal)

    def pdf(self, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
        return status_pdf(content, str(self.description), made_at=made_at)

    def approved_in_words(self, decision: Decision) -> str:
        found = QuarterlyStatus.objects.filter(decision=decision).first()
        if found is None:
            return ""
        values = {"title": self.title_of(found), "day": day(decision.decided_at)}
        return _("%(title)s: approved on %(day)s.") % values


KIND = StatusProposal()
