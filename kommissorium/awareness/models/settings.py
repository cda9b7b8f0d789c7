"""The setting of how long course completions are kept."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.models.settings import RoomSettings, only_row


class AwarenessSettings(RoomSettings):
    """Settings of the register."""

    names = ("person_months",)

    person_months = models.PositiveSmallIntegerField(
        _("months until it is erased who took a course"),
        default=12,
        help_text=_("Counted from the day of the course. The figures of areas stay."),
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta(RoomSettings.Meta):
        constraints = [only_row("one_row_of_awareness_settings")]
