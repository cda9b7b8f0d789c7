"""Answers that were frozen: what a committee was told of its mandate, and when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.committees.models import Committee, Mandate
from kommissorium.core.evidence.models import Record

ANSWER, ANSWER_PDF = "compliance.answer", "compliance.answer_pdf"  # kinds of records


class FrozenAnswerQuerySet(models.QuerySet["FrozenAnswer"]):
    def final(self) -> FrozenAnswerQuerySet:
        """Return those frozen after their day had ended: as known then they never change."""
        return self.filter(frozen_on__gt=models.F("on"))

    def of(self, committee: Committee) -> FrozenAnswerQuerySet:
        return self.filter(committee=committee)


class FrozenAnswer(models.Model):
    """Answer of a committee's mandate on a day, frozen as a record. Never changes (0001).

    `states` are those of the clauses as they were known when the day ended, by the clause's key.
    """

    class Why(models.TextChoices):
        MONTH_END = "month_end", _("when the month had ended")
        MEETING = "meeting", _("when minutes were approved")
        DOWNLOAD = "download", _("when it was taken out as a file")

    UNKEPT = "never changes, and its record says more"

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    on = models.DateField()
    frozen_on = models.DateField()
    why = models.CharField(max_length=10, choices=Why.choices)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    states = models.JSONField(default=dict)
    record = models.OneToOneField(Record, models.PROTECT, related_name="+")

    objects = FrozenAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["committee", "on"], name="compliance_answer_day")]

    def __str__(self) -> str:
        return f"answer of {self.committee_id} on {self.on}"
