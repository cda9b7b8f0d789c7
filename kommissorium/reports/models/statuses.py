"""The status of a quarter as a committee approves it, and the parts it is made of."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.files.models import StoredFile
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.registers.quarters import Quarter
from kommissorium.reports.handwritten import HANDWRITTEN
from kommissorium.reports.models.parts import WrittenPart


class QuarterlyStatusQuerySet(ProposalQuerySet["QuarterlyStatus"]):
    """Questions about the statuses of quarters."""

    def visible_to(self, person: Person) -> QuarterlyStatusQuerySet:
        """Return those of the committees `person` follows; drafts to coordinators alone."""
        followed = Committee.objects.visible_to(person).values("pk")
        return super().visible_to(person).filter(of__in=followed)

    def of_quarter(self, committee: Committee, quarter: Quarter) -> QuarterlyStatusQuerySet:
        """Return those of the committee's quarter that were not given up: one at most."""
        own = self.filter(of=committee, year=quarter.year, number=quarter.number)
        return own.exclude(state=QuarterlyStatus.State.DROPPED)


class QuarterlyStatus(Proposal):
    """The status of a quarter for one committee. Approved, it never changes (0002_freeze).

    `word_file` is the Word file that was edited and taken back, while it tells the same.
    """

    of = models.ForeignKey(Committee, models.PROTECT, related_name="statuses")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("quarter"))
    composed_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    word_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = QuarterlyStatusQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number", "-pk"]
        verbose_name = _("status of a quarter")
        constraints = [
            models.UniqueConstraint(
                fields=["of", "year", "number"],
                condition=~models.Q(state="dropped"),
                name="one_status_of_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("status", args=[self.pk])

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.number)


class KeptPart(WrittenPart):
    """A part of a status."""

    by_hand = HANDWRITTEN

    status = models.ForeignKey(QuarterlyStatus, models.CASCADE, related_name="parts")

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("part of a status")
        constraints = [
            models.UniqueConstraint(fields=["status", "code"], name="part_of_a_status_once"),
        ]
