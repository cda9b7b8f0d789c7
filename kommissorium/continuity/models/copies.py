"""Holders of paper copies of the plans, and the settings of all plans."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.continuity.models.services import Service
from kommissorium.registers.models.settings import RoomSettings, only_row


class PaperCopyQuerySet(models.QuerySet["PaperCopy"]):
    """Questions about printed copies."""

    def kept(self) -> Self:
        """Return those neither returned nor destroyed, with their holders."""
        return self.filter(returned_on=None).select_related("holder", "service")


class PaperCopy(models.Model):
    """A printed copy, of one service's plans or of all, until it is returned or destroyed."""

    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=gettext_lazy("plans of"),
    )
    holder = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=gettext_lazy("who holds it")
    )
    place = models.CharField(
        gettext_lazy("where it lies"),
        max_length=200,
        help_text=gettext_lazy("Such as the red binder at the duty desk."),
    )
    printed_on = models.DateField(gettext_lazy("printed on"))
    returned_on = models.DateField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = PaperCopyQuerySet.as_manager()

    class Meta:
        ordering = ["printed_on", "pk"]
        verbose_name = gettext_lazy("paper copy")

    def __str__(self) -> str:
        return self.place

    @property
    def of_what(self) -> str:
        return self.service.title if self.service else _("All plans")

    @property
    def in_words(self) -> str:
        """Return the holder and the place, on one line."""
        return f"{self.holder.name}, {self.place}"


class ContinuitySettings(RoomSettings):
    """The settings of all plans."""

    names = ("general_plan", "general_link", "classification", "review_months")

    general_plan = models.CharField(
        gettext_lazy("the municipality's general contingency plan"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Its name and case number. Every plan refers to it."),
    )
    general_link = models.CharField(gettext_lazy("where it is found"), max_length=2000, blank=True)
    classification = models.CharField(
        gettext_lazy("classification printed on the plans"), max_length=60, blank=True
    )
    review_months = models.PositiveSmallIntegerField(
        gettext_lazy("months between reviews of a plan"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta(RoomSettings.Meta):
        constraints = [only_row("one_row_of_continuity_settings")]

    @property
    def general(self) -> str:
        """Return the general contingency plan and where it is found, on one line."""
        return ", ".join(filter(None, (self.general_plan, self.general_link)))
