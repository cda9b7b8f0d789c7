"""What a committee tells of a quarter or a year: the status, and the year's report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Self

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.core.files.models import StoredFile
from kommissorium.measures.periods import Quarter
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.registers.periods import Year
from kommissorium.registers.requirements import AREAS
from kommissorium.registers.status import CONCLUSION
from kommissorium.reports.models.written_parts import WrittenPart

PROJECTS: Final = "projects"
HANDWRITTEN: Final[Mapping[str, str | Promise]] = {
    "incidents": _("Incidents and their deadlines"),
    "awareness": _("Awareness"),
    "contingency": _("Continuity"),
    PROJECTS: _("Security projects"),
    **AREAS,
    "dispensations": _("Dispensations"),
}
# How the parts follow each other; what is not named here comes last.
ORDER: Final = (
    *(CONCLUSION, "risks", "accepted", "plans", "duties"),
    *("incidents", "awareness", "contingency", PROJECTS, *AREAS, "measures"),
    *("suppliers", "owners", "documents", "dispensations", "objectives"),
    *("compliance", "decisions"),
)


def place_of(code: str) -> int:
    """Return where a part stands in a status."""
    return ORDER.index(code) if code in ORDER else len(ORDER)


type Period = Quarter | Year


class PeriodicReportQuerySet[M: PeriodicReport](ProposalQuerySet[M]):
    """Questions about what committees tell of quarters and years."""

    def visible_to(self, person: Person) -> Self:
        """Return those of the committees `person` follows; drafts to coordinators alone."""
        followed = Committee.objects.visible_to(person).values("pk")
        return super().visible_to(person).filter(of__in=followed)

    def whole_for(self, person: Person) -> Self:
        """Return those of which `person` reads all: nothing is closed, or not to them."""
        closed = models.Q(parts__closes__isnull=False) & ~models.Q(parts__closes="")
        named = models.Q(of__in=Committee.objects.seated(person).values("pk"))
        in_part = self.model._default_manager.filter(closed & ~named)  # noqa: SLF001 documented
        return self.exclude(pk__in=in_part.order_by().values("pk"))

    def of_period(self, committee: Committee, period: Period) -> Self:
        """Return those of the committee's period that were not given up: one at most."""
        own = self.filter(of=committee, year=period.year, number=period.number)
        return own.exclude(state=Proposal.State.DROPPED)


class PeriodicReport(Proposal):
    """Report by the committee `of` on a quarter; on the whole year where `number` is 0.

    Approved, it never changes (0002_freeze). `word_file` is the Word file that was edited and
    taken back, while it tells the same. `open_record` is the edition without what is closed;
    None where nothing is, and `record` is for everybody.
    """

    of = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("quarter"))
    composed_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    word_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    open_record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-year", "-number", "-pk"]

    def __str__(self) -> str:
        return str(self.period)

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def period(self) -> Period:
        return Quarter(self.year, self.number) if self.number else Year(self.year)

    def shows_whole_to(self, person: Person) -> bool:
        """Return whether `person` reads what is closed, too: as closed items of the committee."""
        return self.of.shows_closed_to(person)


class QuarterlyStatusQuerySet(PeriodicReportQuerySet["QuarterlyStatus"]):
    """Questions about the statuses of quarters."""


class QuarterlyStatus(PeriodicReport):
    """The status of a quarter for one committee."""

    of = models.ForeignKey(Committee, models.PROTECT, related_name="statuses")

    objects = QuarterlyStatusQuerySet.as_manager()

    class Meta(PeriodicReport.Meta):
        verbose_name = _("status of a quarter")
        constraints = [
            models.UniqueConstraint(
                fields=["of", "year", "number"],
                condition=~models.Q(state="dropped"),
                name="one_status_of_a_quarter",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("status", args=[self.pk])


class KeptPart(WrittenPart):
    """A part of a status."""

    parent = "status"
    by_hand = HANDWRITTEN

    status = models.ForeignKey(QuarterlyStatus, models.CASCADE, related_name="parts")

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("part of a status")
        constraints = [
            models.UniqueConstraint(fields=["status", "code"], name="part_of_a_status_once"),
        ]


OUTPUTS: Final = "outputs"  # what top management decides: 9.3.3
BY_HAND: Final = ("context", "improvement", OUTPUTS)


class YearReviewQuerySet(PeriodicReportQuerySet["YearReview"]):
    """Questions about the year's reports."""


class YearReview(PeriodicReport):
    """The report of a year, with which top management reviews the information security."""

    of = models.ForeignKey(Committee, models.PROTECT, related_name="year_reviews")

    objects = YearReviewQuerySet.as_manager()

    class Meta(PeriodicReport.Meta):
        verbose_name = _("year's report")
        constraints = [
            models.UniqueConstraint(
                fields=["of", "year", "number"],
                condition=~models.Q(state="dropped"),
                name="one_review_of_a_year",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("review", args=[self.pk])


class ReviewPart(WrittenPart):
    """A part of a year's report: one of the inputs of 9.3.2, the conclusion, or the outputs."""

    parent = "review"
    by_hand = BY_HAND

    review = models.ForeignKey(YearReview, models.CASCADE, related_name="parts")

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("part of a year's report")
        constraints = [
            models.UniqueConstraint(fields=["review", "code"], name="part_of_a_review_once"),
        ]
