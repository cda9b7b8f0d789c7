"""Audiences of documents, and confirmations of having read them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area
from kommissorium.policies.models import Document, Version


class Group(models.TextChoices):
    """Group that a document can be for; a part of the organisation is an area."""

    EVERYBODY = "everybody", _("Everybody with a sign-in")
    OWNERS = "owners", _("Owners of systems, data and archives")
    HEADS = "heads", _("Heads of areas")
    COMMITTEES = "committees", _("Members of committees")
    EXECUTIVE = "executive", _("Members of the executive board")
    AREA = "area", _("An area")


class Audience(models.Model):
    """A group, or an area, that is to confirm having read a document."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="audiences")
    kind = models.CharField(_("whom it is for"), max_length=10, choices=Group)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "kind", "area"], name="one_audience_of_a_group"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="area", area__isnull=False)
                | (~models.Q(kind="area") & models.Q(area=None)),
                name="audience_of_an_area_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.area.name if self.area else str(self.get_kind_display())


class Reading(models.Model):
    """Confirmation by somebody that they have read a version. Never changes (freeze)."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="policy_readings")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "person"], name="one_policy_reading_of_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.person_id}"
