"""How often an audit is wanted, and the log of what auditors read."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.audits.models.audits import Audit

USUAL_MONTHS = 12


class AuditSettings(models.Model):
    """How the register is kept. One row; without it the defaults hold."""

    months = models.PositiveSmallIntegerField(
        _("months within which an audit is held and evaluated"),
        default=USUAL_MONTHS,
        validators=[MinValueValidator(3), MaxValueValidator(36)],
    )
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_audit_settings"),
        ]

    def __str__(self) -> str:
        return "audits"

    @classmethod
    def current(cls) -> AuditSettings:
        """Return the settings; an unsaved row with the defaults where nobody has set any."""
        return cls.objects.first() or cls(pk=1)


class AuditReading(models.Model):
    """That an auditor read something of an audit: the log expires because it names people."""

    UNSEALED = _("what an auditor read, kept a year and then forgotten")

    class What(models.TextChoices):
        AUDIT = "audit", _("The audit")
        MATERIAL = "material", _("The material")
        REPORT = "report", _("The report")

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["audit", "person", "what", "at"])]

    def __str__(self) -> str:
        return f"{self.audit_id} {self.at}"
