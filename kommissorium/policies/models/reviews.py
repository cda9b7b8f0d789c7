"""People asked to comment on a draft, and their comments."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.policies.models.documents import Version


class Reviewer(models.Model):
    """Somebody who is asked to comment on a draft. `answered_at`: they did, or had nothing to say."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="asked_once_of_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.person_id}"


class Comment(models.Model):
    """Comment on a draft in review, at one of its headings; answered by the draft's writer."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="comments")
    heading = models.CharField(max_length=200, blank=True)  # its key; "" for the whole
    text = models.TextField(_("comment"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("comment")

    def __str__(self) -> str:
        return f"{self.version_id} {self.heading}"
