"""Searchable passages of texts, with the stems of their words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Passage(models.Model):
    """A stretch of an object's text under one heading. It holds only what other rows say.

    `kind` and `object_id` name the object, `place` the heading by its key ("" for what comes
    first). `words` are the stems of title, heading and text, separated by spaces.
    """

    UNSEALED = _("texts of other rows, made ready to be searched")

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    place = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=200)
    heading = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    words = models.TextField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["kind", "object_id"], name="passage_of_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.place}"
