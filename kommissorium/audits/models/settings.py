"""The wanted interval of audits, and the log of what auditors read."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.audits.models.audits import Audit
from kommissorium.registers.models.readings import ReadingLog
from kommissorium.registers.models.settings import RoomSettings, only_row

USUAL_MONTHS = 12


class AuditSettings(RoomSettings):
    """Settings of the register."""

    names = ("months",)

    months = models.PositiveSmallIntegerField(
        _("months within which an audit is held and evaluated"),
        default=USUAL_MONTHS,
        validators=[MinValueValidator(3), MaxValueValidator(36)],
    )

    class Meta(RoomSettings.Meta):
        constraints = [only_row("one_row_of_audit_settings")]


class AuditReading(ReadingLog):
    """A log entry: an auditor read something of an audit."""

    of = "audit"
    UNSEALED = _("what an auditor read, kept a year and then forgotten")

    class What(models.TextChoices):
        AUDIT = "audit", _("The audit")
        MATERIAL = "material", _("The material")
        REPORT = "report", _("The report")
        FINDING = "finding", _("A finding")
        FILE = "file", _("A file that shows it")

    audit = models.ForeignKey(Audit, models.CASCADE, related_name="readings")
    what = models.CharField(max_length=10, choices=What.choices)

    class Meta(ReadingLog.Meta):
        indexes = [models.Index(fields=["audit", "person", "what", "at"])]
