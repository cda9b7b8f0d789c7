"""How whoever proposes something weighs it, for whoever decides on it."""

from __future__ import annotations

from django.db import models

from kommissorium.accounts.models import Person
from kommissorium.meetings.models.proceedings import Weighing

WHY_LENGTH = 2000


class ProposedWeighing(Weighing):
    """The weighing that is proposed with a thing, and why it cannot wait for a meeting.

    `subject_kind` and `subject_id` name the thing as an agenda item and a decision do. Whoever
    decides signs it or writes another: what the decision says is the decision's own.
    """

    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    why_now = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        verbose_name = "proposed weighing"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], name="one_proposed_weighing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"
