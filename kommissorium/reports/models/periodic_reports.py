"""Reports by a committee on a quarter or a year: status, report to the board, review."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Record
from kommissorium.core.files.models import StoredFile
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.years import Year

type Period = Quarter | Year


class PeriodicReportQuerySet[M: PeriodicReport](ProposalQuerySet[M]):
    """Questions about what committees tell of quarters and years."""

    def visible_to(self, person: Person) -> Self:
        """Return those of the committees `person` follows; drafts to coordinators alone."""
        followed = Committee.objects.visible_to(person).values("pk")
        return super().visible_to(person).filter(of__in=followed)

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
