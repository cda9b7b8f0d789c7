"""The days whose figures are kept."""

from __future__ import annotations

from django.db import models

from kommissorium.core.evidence.models import Event


class KeptDay(models.Model):
    """That the chain holds how the risks stood when a day ended. Never changes (0006_kept_days)."""

    day = models.DateField(unique=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)
