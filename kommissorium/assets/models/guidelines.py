"""The guidelines for owners as they were issued before they became a document of policies.

Nothing is written here any more; the rows stay, so that what the chain says of them can be checked.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.files.models import StoredFile

NAME_LENGTH, URL_LENGTH = 200, 2000


class Guideline(models.Model):
    """A version as it was issued. Never changes (0002_freeze)."""

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


class GuidelineReading(models.Model):
    """That an owner had confirmed having read a version. Never changes (0002_freeze)."""

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
