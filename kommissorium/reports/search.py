"""Search in this room: the reports, and each part of them by itself."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched
from kommissorium.committees.models import Committee
from kommissorium.registers.search import SearchedProposal
from kommissorium.registers.status import CONCLUSION
from kommissorium.reports.models import (
    BoardNote,
    BoardReport,
    BoardReportPart,
    KeptPart,
    QuarterlyStatus,
    ReviewPart,
    YearReview,
)
from kommissorium.reports.models.periodic_reports import PeriodicReport
from kommissorium.reports.models.written_parts import Closes, WrittenPart
from kommissorium.reports.periodic_proposal import PeriodicProposal
from kommissorium.reports.proposals import BOARD, KIND, REVIEW


class SearchedReport[M: PeriodicReport](SearchedProposal[M]):
    """Reports on a quarter or a year, by name; their parts are a kind of their own."""

    related = ("of",)

    def day(self, row: M) -> date:
        return row.period.last


class SearchedPart[M: WrittenPart](Searched[M]):
    """The parts of what is told; one that is closed is found by whom the committee names alone.

    So is a conclusion that was composed while a part is closed: it may speak of it.
    """

    told: ClassVar[PeriodicProposal[Any]]
    fields = ("text",)

    @property
    def parent(self) -> str:
        return self.model.parent

    def visible_to(self, person: Person) -> QuerySet[M]:
        read = self.told.visible_to(person).exclude(state="dropped").order_by().values("pk")
        rows = self.model._default_manager.filter(**{f"{self.parent}__in": read})  # noqa: SLF001
        closed = self.model._default_manager.filter(  # noqa: SLF001
            **{self.parent: OuterRef(self.parent)}, closes=Closes.WHOLE
        )
        is_closed = Q(closes=Closes.WHOLE) | Q(code=CONCLUSION, said="") & Exists(closed)
        found: QuerySet[M] = rows.filter(~is_closed | self.whole_for(person))
        return found

    def whole_to(self, person: Person) -> QuerySet[M]:
        """Return those of which nothing is closed for the person, no table of theirs either."""
        open_ = Q(closes=None) | Q(closes="")
        return self.visible_to(person).filter(open_ | self.whole_for(person))

    def whole_for(self, person: Person) -> Q:
        """Return the condition on those of which `person` reads what is closed."""
        return Q(**{f"{self.parent}__of__in": Committee.objects.seated(person).values("pk")})

    def shown(self, rows: QuerySet[M]) -> QuerySet[M]:
        return rows.select_related(f"{self.parent}__of")

    def rows(self) -> QuerySet[M]:
        return self.shown(super().rows())

    def title(self, row: M) -> str:
        return f"{self.told.title_of(getattr(row, self.parent))}: {row.heading}"

    def day(self, row: M) -> date:
        found: date = getattr(row, self.parent).period.last
        return found

    def url(self, row: M, place: str = "") -> str:
        address: str = getattr(row, self.parent).get_absolute_url()
        return address


class SearchedStatuses(SearchedReport[QuarterlyStatus]):
    """Statuses of quarters."""

    model, label, proposal = QuarterlyStatus, _("Quarterly statuses"), KIND


class SearchedStatusParts(SearchedPart[KeptPart]):
    """Parts of quarterly statuses."""

    model, label, told = KeptPart, _("Parts of statuses"), KIND


class SearchedBoardReports(SearchedReport[BoardReport]):
    """Reports to the executive board."""

    model, label, proposal = BoardReport, _("Reports to the executive board"), BOARD


class SearchedBoardParts(SearchedPart[BoardReportPart]):
    """Parts of reports to the executive board, which reads all of them."""

    model, label, told = BoardReportPart, _("Parts of reports to the executive board"), BOARD

    def whole_for(self, person: Person) -> Q:
        if BoardNote.can_be_answered_by(person):
            return Q(pk__isnull=False)
        return super().whole_for(person)


class SearchedReviews(SearchedReport[YearReview]):
    """Reports of years."""

    model, label, proposal = YearReview, _("Year's reports"), REVIEW


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
