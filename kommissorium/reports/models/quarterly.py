"""What a committee tells of a quarter, one of a kind for each: the status, and the report."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.registers.quarters import Quarter


class QuarterlyQuerySet[M: Quarterly](ProposalQuerySet[M]):
    """Questions about what committees tell of quarters."""

    def visible_to(self, person: Person) -> Self:
        """Return those of the committees `person` follows; drafts to coordinators alone."""
        followed = Committee.objects.visible_to(person).values("pk")
        return super().visible_to(person).filter(of__in=followed)

    def of_quarter(self, committee: Committee, quarter: Quarter) -> Self:
        """Return those of the committee's quarter that were not given up: one at most."""
        own = self.filter(of=committee, year=quarter.year, number=quarter.number)
        return own.exclude(state=Proposal.State.DROPPED)


class Quarterly(Proposal):
    """What the committee `of` tells of a quarter. Approved, it never changes (0002_freeze)."""

    of = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("quarter"))
    composed_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-year", "-number", "-pk"]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.number)
