"""The municipality's own Word templates, in which documents are written."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models.people import Person
from kommissorium.core.files.models import StoredFile


class WordTemplate(models.Model):
    """A Word file with marks, for one kind of document or for all that have none of their own."""

    class Kind(models.TextChoices):
        """The documents that are written in Word."""

        EVERY = "every", _("All documents")
        AGENDA = "agenda", _("Agenda")
        MINUTES = "minutes", _("Minutes")
        STATUS = "status", _("Quarterly status")
        REPORT = "report", _("Report to the executive board")

    kind = models.CharField(_("document"), max_length=20, choices=Kind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(ended_at=None),
                name="one_word_template_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @classmethod
    def for_kind(cls, kind: str) -> WordTemplate | None:
        """Return the template in use for documents of a kind: its own, else that for all."""
        rows = cls._default_manager.filter(ended_at=None, kind__in=[kind, cls.Kind.EVERY])
        found = {one.kind: one for one in rows.select_related("file")}
        return found.get(kind) or found.get(cls.Kind.EVERY)
