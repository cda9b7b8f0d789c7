"""The status of a quarter as a committee approves it, and the parts it is made of."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.committees.models import Committee
from kommissorium.reports.handwritten import HANDWRITTEN
from kommissorium.reports.models.periodic_reports import PeriodicReport, PeriodicReportQuerySet
from kommissorium.reports.models.written_parts import WrittenPart


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
