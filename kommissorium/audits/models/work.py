"""The auditor's work: lines of a checklist, samples drawn at random, and the report."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.audits.models.audits import Audit
from kommissorium.core.evidence.models import Record


class CheckOutcome(models.TextChoices):
    """The outcome of a line of the checklist."""

    OPEN = "", _("Not looked at")
    MET = "met", _("As it should be")
    NOT_MET = "not_met", _("Not as it should be")
    NOT_RELEVANT = "not_relevant", _("Not relevant")


class CheckLine(models.Model):
    """A line of the checklist for the auditor, and what was seen."""

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="checks")
    text = models.CharField(_("what is looked at"), max_length=300)
    outcome = models.CharField(
        _("what it showed"), max_length=15, choices=CheckOutcome, blank=True, default=""
    )
    note = models.TextField(_("what was seen"), blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of the checklist")
        constraints = [
            models.UniqueConstraint(fields=["audit", "text"], name="once_on_a_checklist"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def tone(self) -> str:
        return {"met": "success", "not_met": "warning"}.get(self.outcome, "neutral")


class Sample(models.Model):
    """Systems drawn at random from those in the scope. Never changed: anybody can draw it again.

    `population` are the keys of all that could be drawn, `drawn` of those that were.
    """

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="samples")
    seed = models.CharField(max_length=32)
    population: Any = models.JSONField()
    drawn: Any = models.JSONField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sample")

    def __str__(self) -> str:
        return self.seed


class AuditReport(models.Model):
    """The report of an audit, frozen when the auditor issued it: no finding is added after it."""

    audit = models.OneToOneField(Audit, models.PROTECT, related_name="report")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report of an audit")

    def __str__(self) -> str:
        return str(self.audit_id)

    def get_absolute_url(self) -> str:
        return reverse("audit_report", args=[self.audit_id])
