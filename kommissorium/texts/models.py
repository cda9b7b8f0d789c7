"""Imports of documents, so that each can be undone as a whole."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.policies.models import Document


class TextImport(models.Model):
    """Documents made together from uploaded files, so that they can be taken back together."""

    documents = models.ManyToManyField(Document, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of documents")

    def __str__(self) -> str:
        return str(self.pk)
