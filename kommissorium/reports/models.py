"""The status of a quarter as a committee approves it, and the parts it is made of."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.files.models import StoredFile
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusFigure, figures_of
from kommissorium.reports.handwritten import HANDWRITTEN

TEXT_LENGTH = 5000


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


class KeptPart(models.Model):
    """A part of a status: what was composed, and what somebody has said instead.

    `proposed` is the sentence of its figures, "" for what is written by hand; `said` takes its
    place. `is_empty` says of a part written by hand that there is nothing to tell. `content` are
    its figures and its table as plain data, and under "last" what was said a quarter before.
    """

    status = models.ForeignKey(QuarterlyStatus, models.CASCADE, related_name="parts")
    code = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    content = models.JSONField(default=dict)
    proposed = models.TextField(blank=True)
    said = models.TextField(blank=True)
    is_empty = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place", "pk"]
        verbose_name = _("part of a status")
        constraints = [
            models.UniqueConstraint(fields=["status", "code"], name="part_of_a_status_once"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def text(self) -> str:
        """Return what it says: what somebody wrote, or the sentence of its figures."""
        return self.said or self.proposed

    @property
    def is_by_hand(self) -> bool:
        """Return whether no register offers it: it must be written, or be said to be empty."""
        return self.code in HANDWRITTEN and not self.figures

    @property
    def lacks_words(self) -> bool:
        return self.is_by_hand and not self.text and not self.is_empty

    @property
    def is_overtaken(self) -> bool:
        """Return whether it was edited: what the program says stands beside it."""
        return bool(self.said and self.proposed)

    @property
    def last_text(self) -> str:
        """Return what was said of it in the status before; "" for nothing."""
        found: str = self.content.get("last", "")
        return found

    @cached_property
    def figures(self) -> list[StatusFigure]:
        return figures_of(self.content)

    @property
    def table(self) -> tuple[list[str], list[list[str]]]:
        """Return the columns and rows of its table; none where it has none."""
        return self.content.get("columns", []), self.content.get("rows", [])

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Return the rows of its table, every cell with the name of its column."""
        columns, rows = self.table
        return [list(zip(columns, row, strict=True)) for row in rows]

    @property
    def data(self) -> dict[str, Any]:
        """Return it as its record keeps it."""
        return {
            "code": self.code,
            "heading": self.heading,
            "text": self.text,
            "is_empty": self.is_empty,
            "figures": self.content.get("figures", []),
            "columns": self.table[0],
            "rows": self.table[1],
        }
