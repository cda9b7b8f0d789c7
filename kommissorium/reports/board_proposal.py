"""The report to the executive board before a committee: what agenda, record and mail say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import WordTemplate
from kommissorium.committees.measures import Measure
from kommissorium.core.ui.localised import day, number
from kommissorium.meetings.models import Decision
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusPart
from kommissorium.reports.board_composing import compose_board_parts
from kommissorium.reports.models import BoardReport, BoardReportPart
from kommissorium.reports.periodic_proposal import PeriodicProposal, quarter_of

MOST_TEXT: Final = 2400  # characters: with figures and risks, they fill two pages
LINE: Final = 80  # characters: what a line that ends early takes


class BoardReportProposal(PeriodicProposal[BoardReport]):
    """Proposal to approve the report to the executive board."""

    kind, model, slug = "reports.boardreport", BoardReport, "board-report"
    part, word_kind = BoardReportPart, WordTemplate.Kind.REPORT
    listed = (gettext_lazy("Reports to the executive board"), "board_reports")
    added = gettext_lazy("The figures of the report are added from the registers.")
    record_kind = "reports.board_report"
    description = gettext_lazy("What the committee reports to the executive board")
    under = Measure.EXECUTIVE_REPORTING

    def compose(self, told: BoardReport) -> Sequence[StatusPart]:
        return compose_board_parts(told.of, Quarter(told.year, told.number))

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Report to the executive board, %(quarter)s") % {"quarter": quarter_of(facts)}

    def lacks(self, proposal: BoardReport) -> list[str]:
        too_long = shortening(self.told_parts(proposal))
        return [*super().lacks(proposal), *([too_long] if too_long else [])]

    def text(self, proposal: BoardReport) -> AgendaText:
        quarter = proposal.period.label
        points = [
            _("approves the report to the executive board for %(quarter)s") % {"quarter": quarter}
        ]
        return AgendaText.of(self.title_of(proposal), points, self.conclusion(proposal))

    def agenda_figures(self, figures: list[Any]) -> list[Any]:
        return figures

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
