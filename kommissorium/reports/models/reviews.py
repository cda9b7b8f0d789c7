"""The year's report: the management review of ISO 27001, 9.3, and its parts."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.committees.models import Committee
from kommissorium.reports.models.periodic_reports import PeriodicReport, PeriodicReportQuerySet
from kommissorium.reports.models.written_parts import WrittenPart

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
