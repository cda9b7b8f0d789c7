"""The report to the executive board before a committee: what agenda, record and mail say of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import day, number
from kommissorium.meetings.models import Decision
from kommissorium.registers.documents.record import Section
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.standard_proposals import StandardProposal
from kommissorium.registers.status import figures_of
from kommissorium.reports.documents import status_pdf
from kommissorium.reports.handwritten import CONCLUSION
from kommissorium.reports.models import BoardReport

MOST_TEXT: Final = 2400  # characters: with figures and risks, they fill two pages
LINE: Final = 80  # characters: what a line that ends early takes


class BoardReportProposal(StandardProposal[BoardReport]):
    """Approve the report to the executive board."""

    kind, model, slug = "reports.boardreport", BoardReport, "board-report"
    listed = (gettext_lazy("Reports to the executive board"), "board_reports")
    asked = gettext_lazy("A report to the executive board waits for your decision: %(title)s.")
    added = gettext_lazy("The figures of the report are added from the registers.")
    record_kind = "reports.board_report"
    description = gettext_lazy("What the committee reports to the executive board")
    related = ("of", "committee", "proposed_by", "made_by", "decision")
    parts = ("parts",)

    def edit_url(self, proposal: BoardReport) -> str:
        return reverse("board_report_edit", args=[proposal.pk])

    def committee_of(self, proposal: BoardReport) -> Committee:
        return proposal.of

    def same_as(self, proposal: BoardReport) -> QuerySet[BoardReport]:
        # Each quarter has its own, and none takes another's place.
        return BoardReport.objects.of_quarter(proposal.of, proposal.quarter)

    def told(self, proposal: BoardReport) -> dict[str, Any]:
        return {"kind": self.kind, "quarter": str(proposal.quarter)}

    def named(self, facts: Mapping[str, Any]) -> str:
        quarter = Quarter.parse(facts["quarter"]).label
        return _("Report to the executive board, %(quarter)s") % {"quarter": quarter}

    def lacks(self, proposal: BoardReport) -> list[str]:
        parts = list(proposal.parts.all())
        missing = []
        if empty := [one.heading for one in parts if one.lacks_words]:
            text = _("Write what there is to tell, or say that there is nothing: %(parts)s.")
            missing.append(text % {"parts": ", ".join(empty)})
        if too_long := shortening(parts):
            missing.append(too_long)
        return missing

    def text(self, proposal: BoardReport) -> AgendaText:
        quarter = proposal.quarter.label
        points = [
            _("approves the report to the executive board for %(quarter)s") % {"quarter": quarter}
        ]
        said = [one.text for one in proposal.parts.all() if one.code == CONCLUSION]
        return AgendaText.of(self.title_of(proposal), points, said)

    def body(self, proposal: BoardReport) -> dict[str, Any]:
        quarter = proposal.quarter
        return {
            "committee": proposal.of.name,
            "quarter": str(quarter),
            "label": quarter.label,
            "before": quarter.before.label,
            "first": quarter.first.isoformat(),
            "last": quarter.last.isoformat(),
            "composed_on": proposal.composed_at.date().isoformat(),
            "parts": [part.data for part in proposal.parts.all()],
        }

    def sections(self, content: Mapping[str, Any]) -> Sequence[Section]:
        columns = (_("What"), content["label"], content["before"], _("Since the quarter before"))
        rows = [
            [one.label, one.shown, one.shown_before, one.change_in_words]
            for part in content["parts"]
            for one in figures_of(part)
        ]
        return [Section(_("Figures of the quarter"), "", columns, rows, (5, 2, 2, 2))]

    def kept_content(self, proposal: BoardReport) -> dict[str, Any]:
        """Return what it says: of an approved one as it was frozen."""
        if proposal.record:
            content: dict[str, Any] = json.loads(proposal.record.content)
            return content
        return self.content(proposal)

    def pdf(self, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
        return status_pdf(content, str(self.description), made_at=made_at)

    def approved_in_words(self, decision: Decision) -> str:
        found = BoardReport.objects.filter(decision=decision).first()
        if found is None:
            return ""
        values = {"title": self.title_of(found), "day": day(decision.decided_at)}
        return _("%(title)s: approved on %(day)s. Now it is to be sent to the board.") % values


def shortening(parts: Sequence[Any]) -> str:
    """Return what is to be shortened for two pages, in a sentence; "" where it is short enough."""
    length = sum(len(one.text) + LINE * one.text.count("\n") for one in parts)
    if length <= MOST_TEXT:
        return ""
    longest = sorted(parts, key=lambda one: -len(one.text))[:2]
    text = _(
        "The texts are %(length)s characters long, and %(most)s fit on two pages. The longest "
        "are: %(parts)s. Shorten them."
    )
    names = ", ".join(one.heading for one in longest)
    return text % {"length": number(length), "most": number(MOST_TEXT), "parts": names}


BOARD: Final = BoardReportProposal()
