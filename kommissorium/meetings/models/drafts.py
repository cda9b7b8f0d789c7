"""Model of drafts: what was composed for an agenda item, kept apart from what people wrote."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.html import escape

from kommissorium.meetings.models.agenda import AgendaItem


class ItemDraft(models.Model):
    """The newest draft of an item's texts, and the draft that its texts come from.

    `taken_*` went into the item, or was seen by whoever kept their own text instead. As long as the
    item says the same, nobody has edited it; as long as the draft says the same, it has nothing
    new. `sentences` are those of the presentation, `points` what the committee is recommended to
    do, `sources` pairs of a label and an address.
    """

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="draft")
    presentation = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    sentences = models.JSONField(default=list, blank=True)
    points = models.JSONField(default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)
    taken_presentation = models.TextField(blank=True)
    taken_recommendation = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"draft of {self.item_id}"

    @property
    def is_edited(self) -> bool:
        """Return whether a person has changed what the draft put into the item."""
        taken = (self.taken_presentation, self.taken_recommendation)
        return (self.item.presentation, self.item.recommendation) != taken

    @property
    def has_news(self) -> bool:
        """Return whether the draft says something else than the one the item's texts come from."""
        taken = (self.taken_presentation, self.taken_recommendation)
        return (self.presentation, self.recommendation) != taken

    @property
    def marked_sentences(self) -> list[tuple[str, bool]]:
        """Return the sentences, each with whether the draft before did not have it."""
        return [(one, escape(one) not in self.taken_presentation) for one in self.sentences]

    @property
    def marked_points(self) -> list[tuple[str, bool]]:
        """Return what is recommended, each with whether the draft before did not have it."""
        return [(one, escape(one) not in self.taken_recommendation) for one in self.points]
