"""The days whose figures are kept."""

from __future__ import annotations

from django.db import models

from kommissorium.core.evidence.models import Event


class DailyFigures(models.Model):
    """Figures of a register at the end of a day, kept in the chain. Never changes (0002_freeze).

    The numbers are the facts of the event.
    """

    register = models.CharField(max_length=40)
    day = models.DateField()
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["register", "day"], name="one_figure_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.day}"
