"""The areas of the municipality, and the settings of its registers."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee

NAME_LENGTH = 120


class AreaQuerySet(models.QuerySet["Area"]):
    def in_use(self) -> AreaQuerySet:
        """Return the areas still in use."""
        return self.filter(closed_on=None)


class Area(models.Model):
    """A part of the organisation that answers for assets. A closed one stays in the past."""

    name = models.CharField(_("name"), max_length=NAME_LENGTH, unique=True)
    head = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="headed_areas"
    )
    closed_on = models.DateField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("area")

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may add, rename and close areas."""
        return person.is_coordinator


class RegisterSettings(models.Model):
    """Settings of the registers. One row; without it the defaults hold.

    `committee` is the one in whose year wheel reviews, oversight and attestation stand; none
    means the oldest committee. `many_assets` is from how many assets an owner owns too many.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, null=True, blank=True)
    many_assets = models.PositiveSmallIntegerField(
        _("an owner has many from"),
        default=25,
        validators=[MinValueValidator(2), MaxValueValidator(1000)],
    )
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_register_settings"),
        ]

    def __str__(self) -> str:
        return "registers"

    def get_absolute_url(self) -> str:
        return reverse("register_settings")

    @classmethod
    def current(cls) -> RegisterSettings:
        """Return the settings; an unsaved row with the defaults where nobody has set any."""
        return cls.objects.select_related("committee").first() or cls(pk=1)

    @property
    def wheel_committee(self) -> Committee | None:
        """Return the committee whose year wheel has the registers' dates; None without any."""
        return self.committee or Committee.objects.order_by("pk").first()

    @staticmethod
    def can_be_changed_by(person: Person) -> bool:
        return person.is_coordinator
