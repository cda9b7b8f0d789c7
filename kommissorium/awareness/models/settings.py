"""How long it is kept who took which course."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy


class AwarenessSettings(models.Model):
    """How the register is kept. One row; without it the defaults hold."""

    person_months = models.PositiveSmallIntegerField(
        gettext_lazy("months until it is erased who took a course"),
        default=12,
        help_text=gettext_lazy("Counted from the day of the course. The figures of areas stay."),
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_awareness_settings"),
        ]

    def __str__(self) -> str:
        return "awareness"

    @classmethod
    def current(cls) -> AwarenessSettings:
        """Return the settings; an unsaved row with the defaults where nobody has set any."""
        return cls.objects.first() or cls(pk=1)
