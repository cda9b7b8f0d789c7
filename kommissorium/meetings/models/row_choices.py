"""What is chosen for a row under an item that the committee decides on row by row."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.meetings.models.agenda import AgendaItem

KEY_LENGTH = 60
BECAUSE_LENGTH = 300


class RowChoice(models.Model):
    """A choice for one row of an item, until the minutes are approved; then it takes effect.

    `key` names the thing as its row of facts does ("risks.acceptance:12"), `code` is one of what
    its register offers. `words` say what the committee does by it, as it was offered. Of version 0
    nobody chose: it is what was proposed when the agenda was composed, by whoever did that.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="row_choices")
    key = models.CharField(max_length=KEY_LENGTH)
    code = models.CharField(max_length=20)
    day = models.DateField(null=True)
    because = models.CharField(max_length=BECAUSE_LENGTH, blank=True)
    words = models.TextField()
    chosen_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="one_choice_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.code}"

    @property
    def thing(self) -> int:
        """Return the key of the thing itself: 12 of "risks.acceptance:12"."""
        return int(self.key.partition(":")[2])
