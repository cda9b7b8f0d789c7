"""Search in this room: the reports, and each part of them by itself."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.registers.search import SearchedPart, SearchedTold
from kommissorium.reports.board_proposal import BOARD
from kommissorium.reports.models import (
    BoardNote,
    BoardReport,
    BoardReportPart,
    KeptPart,
    QuarterlyStatus,
    ReviewPart,
    YearReview,
)
from kommissorium.reports.proposal import KIND
from kommissorium.reports.review_proposal import REVIEW


class SearchedStatuses(SearchedTold[QuarterlyStatus]):
    """Statuses of quarters."""

    model, label, proposal = QuarterlyStatus, _("Statuses of quarters"), KIND


class SearchedStatusParts(SearchedPart[KeptPart]):
    """Parts of quarterly statuses."""

    model, label, told = KeptPart, _("Parts of statuses"), KIND


class SearchedBoardReports(SearchedTold[BoardReport]):
    """Reports to the executive board."""

    model, label, proposal = BoardReport, _("Reports to the executive board"), BOARD


class SearchedBoardParts(SearchedPart[BoardReportPart]):
    """Parts of reports to the executive board, which reads all of them."""

    model, label, told = BoardReportPart, _("Parts of reports to the executive board"), BOARD

    def whole_for(self, person: Person) -> Q:
        if BoardNote.can_be_answered_by(person):
            return Q(pk__isnull=False)
        return super().whole_for(person)


class SearchedReviews(SearchedTold[YearReview]):
    """Reports of years."""

    model, label, proposal = YearReview, _("Reports of years"), REVIEW


class SearchedReviewParts(SearchedPart[ReviewPart]):
    """Parts of year's reports."""

    model, label, told = ReviewPart, _("Parts of reports of years"), REVIEW


SEARCHED = (
    SearchedStatuses(),
    SearchedStatusParts(),
    SearchedBoardReports(),
    SearchedBoardParts(),
    SearchedReviews(),
    SearchedReviewParts(),
)
