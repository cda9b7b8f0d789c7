"""The guidelines for owners' responsibility, and the owners who have read them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models.assets import Asset
from kommissorium.core.files.models import StoredFile

NAME_LENGTH, URL_LENGTH = 200, 2000


class Guideline(models.Model):
    """A version of the guidelines for owners' responsibility. Never changes (0002_freeze).

    The newest one that has taken effect rules. It is to be reviewed by `review_by`.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(_("title"), max_length=NAME_LENGTH)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("link"), max_length=URL_LENGTH, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    approved_by = models.CharField(_("approved by"), max_length=NAME_LENGTH)
    effective_from = models.DateField(_("takes effect"))
    review_by = models.DateField(_("to be reviewed by"))
    changes = models.TextField(_("what is new"), blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("guidelines for owners")

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def on(day: date) -> Guideline | None:
        """Return the version in force on the day; None for none."""
        begun = Guideline.objects.filter(effective_from__lte=day)
        return begun.order_by("-effective_from", "-version").first()

    @staticmethod
    def can_be_issued_by(person: Person) -> bool:
        return person.is_coordinator

    @staticmethod
    def can_be_confirmed_by(person: Person) -> bool:
        """Return whether `person` is among those who are to read it: owners of today."""
        return Asset.objects.in_register().owned_by(person).exists()

    @staticmethod
    def readers_are_named_to(person: Person) -> bool:
        """Return whether `person` may see who has confirmed, not only how many."""
        return person.is_coordinator or person.is_auditor


class GuidelineReading(models.Model):
    """That an owner has confirmed having read a version. Never changes (0002_freeze)."""

    guideline = models.ForeignKey(Guideline, models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="guideline_readings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["guideline", "person"], name="one_reading_of_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guideline_id} {self.person_id}"
