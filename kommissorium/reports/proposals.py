"""Status, report to the board and year's report before a committee, and what the last shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Municipality, WordTemplate
from kommissorium.core.ui.localised import day, number
from kommissorium.measures.codes import Measure
from kommissorium.measures.periods import Quarter
from kommissorium.meetings.models import Decision
from kommissorium.registers.periods import Year
from kommissorium.registers.proposing import AgendaText
from kommissorium.registers.requirements import AREAS, LASTS, Says, Shown
from kommissorium.registers.status import CONCLUSION, StatusPart
from kommissorium.reports.board_composing import compose_board_parts
from kommissorium.reports.board_document import board_pdf, has_front
from kommissorium.reports.composing import compose
from kommissorium.reports.documents import Content
from kommissorium.reports.models import (
    BoardReport,
    BoardReportPart,
    BoardRequest,
    KeptPart,
    QuarterlyStatus,
    ReviewPart,
    YearReview,
)
from kommissorium.reports.models.board_reports import ASKS
from kommissorium.reports.models.periodic_reports import PROJECTS
from kommissorium.reports.models.written_parts import WrittenPart
from kommissorium.reports.periodic_proposal import PeriodicProposal, quarter_of
from kommissorium.reports.review_composing import compose_review
from kommissorium.yearwheel.standards import STANDARDS

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


MOST_TEXT: Final = 2400  # characters: with figures and risks, they fill two pages
MOST_CONCLUSION: Final = 1000  # of these: it shares the first page with the pictures
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

    def body(self, proposal: BoardReport) -> dict[str, Any]:
        requests = [one.data for one in self.requests_of(proposal)]
        return {**super().body(proposal), **({"requests": requests} if requests else {})}

    def typed_parts(self, proposal: BoardReport) -> list[WrittenPart]:
        """Return them without what is asked for, which has a form of its own."""
        return [one for one in self.told_parts(proposal) if one.code != ASKS]

    def requests_of(self, proposal: BoardReport) -> list[BoardRequest]:
        """Return what it asks for, row by row; none where the text was written otherwise since."""
        text = next((one.text for one in self.told_parts(proposal) if one.code == ASKS), "")
        rows = list(proposal.requests.all())
        is_told = all(one.text in text and one.otherwise in text for one in rows)
        return rows if is_told else []

    def pdf(self, content: Content, *, made_at: datetime) -> bytes:
        """Return it on two pages; one composed before it had pictures as it was set then."""
        if not has_front(content):
            return super().pdf(content, made_at=made_at)
        return board_pdf(content, str(self.description), made_at=made_at)

    def approved_in_words(self, decision: Decision) -> str:
        found = BoardReport.objects.filter(decision=decision).first()
        if found is None:
            return ""
        values = {"title": self.title_of(found), "day": day(decision.decided_at)}
        return _("%(title)s: approved on %(day)s. Now it is to be sent to the board.") % values


def shortening(parts: Sequence[Any]) -> str:
    """Return what is to be shortened for two pages, in a sentence; "" where it is short enough."""
    length = sum(map(_length, parts))
    if length <= MOST_TEXT:
        return _shorter_conclusion(parts)
    longest = sorted(parts, key=lambda one: -len(one.text))[:2]
    text = _(
        "The texts are %(length)s characters long, and %(most)s fit on two pages. The longest "
        "are: %(parts)s. Shorten them."
    )
    names = ", ".join(one.heading for one in longest)
    return text % {"length": number(length), "most": number(MOST_TEXT), "parts": names}


def _length(part: Any) -> int:
    text: str = part.text
    return len(text) + LINE * text.count("\n")


def _shorter_conclusion(parts: Sequence[Any]) -> str:
    length = sum(_length(one) for one in parts if one.code == CONCLUSION)
    if length <= MOST_CONCLUSION:
        return ""
    text = _("The conclusion is %(length)s characters long, and %(most)s fit on the first page.")
    return text % {"length": number(length), "most": number(MOST_CONCLUSION)}


BOARD: Final = BoardReportProposal()


class ReviewProposal(PeriodicProposal[YearReview]):
    """Proposal to approve the year's report: the management review of the year."""

    kind, model, slug = "reports.yearreview", YearReview, "review"
    part = ReviewPart
    listed = (gettext_lazy("Year's reports"), "reviews")
    added = gettext_lazy("The figures of the year are added from the approved statuses.")
    record_kind = "reports.review"
    description = gettext_lazy("The management's review of information security, ISO 27001, 9.3")

    def compose(self, told: YearReview) -> Sequence[StatusPart]:
        return compose_review(told.of, Year(told.year))

    def named(self, facts: Mapping[str, Any]) -> str:
        return _("Year's report and management review %(year)s") % {"year": facts["quarter"]}

    def lacks(self, proposal: YearReview) -> list[str]:
        missing = super().lacks(proposal)
        if not any(
            one.value is not None for part in self.told_parts(proposal) for one in part.figures
        ):
            text = _("No status of the year is approved. Approve one, and compose it again.")
            missing.append(text)
        return missing

    def body(self, proposal: YearReview) -> dict[str, Any]:
        return {**super().body(proposal), "top_management": _top_management()}

    def text(self, proposal: YearReview) -> AgendaText:
        values = {"year": proposal.period.label, "who": _top_management()}
        points = [
            _("approves the year's report for %(year)s") % values,
            _("lays it before %(who)s as the management review of the year") % values,
        ]
        return AgendaText.of(self.title_of(proposal), points, self.conclusion(proposal))

    def approved_in_words(self, decision: Decision) -> str:
        found = YearReview.objects.filter(decision=decision).first()
        if found is None:
            return ""
        values = {"title": self.title_of(found), "day": day(decision.decided_at)}
        return _("%(title)s: approved on %(day)s.") % values


def _top_management() -> str:
    """Return who top management is: as the settings say, else the executive board."""
    return Municipality.current().top_management or _("the executive board")


REVIEW: Final = ReviewProposal()


OF_REVIEW = tuple(
    f"ISO 27001 {one.number}" for one in STANDARDS["iso27001"] if one.number.startswith("9.3")
)


def shown_by_reports(day: date) -> Iterator[Shown]:
    """Yield the year's reports approved within a year (one query)."""
    rows = YearReview.objects.filter(state="approved", in_force_from__range=(day - LASTS, day))
    for one in rows:
        key, title = f"{REVIEW.kind}:{one.pk}", REVIEW.title_of(one)
        link, done = one.get_absolute_url(), one.in_force_from
        yield Shown(key, title, link, Says.CARRIED_OUT, done, None, OF_REVIEW)
