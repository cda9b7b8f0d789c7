"""What people do with an agenda before the meeting: read, agree, ask, and write notes for themselves."""

from __future__ import annotations

from typing import Final

from cryptography.exceptions import InvalidTag
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.encryption import decrypt, encrypt
from kommissorium.meetings.models.agenda import AgendaItem

PURPOSE: Final = "private note"
LONGEST_NOTE: Final = 5000
LONGEST_QUESTION: Final = 2000


class ItemReading(models.Model):
    """That a member has read an item before the meeting, and whether they agree: that is no vote.

    It holds for the item as it was then (`edit_version`): what is written anew is to be read anew.
    """

    UNSEALED = _("who has read what before a meeting, forgotten some months after it")

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)
    is_agreed = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("item read before the meeting")
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_reading_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.item_id}"


class PrivateNote(models.Model):
    """A note on an item that only its writer reads. It is encrypted, and forgotten by rule."""

    UNSEALED = _("what people note for themselves, forgotten some months after the meeting")

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="private_notes")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    encrypted = models.BinaryField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("private note")
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_private_note_an_item"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"

    @staticmethod
    def sealed(text: str) -> bytes:
        """Return the text as it is kept."""
        return encrypt(text.encode(), PURPOSE)

    @property
    def text(self) -> str | None:
        """Return what was written; None where it was encrypted by a key that is not there."""
        try:
            return decrypt(bytes(self.encrypted), PURPOSE).decode()
        except InvalidTag:
            return None


class ItemQuestion(models.Model):
    """A question on an item before the meeting, and the answer of whoever prepares it."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="questions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("question"), max_length=LONGEST_QUESTION)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=LONGEST_QUESTION, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("question before the meeting")

    def __str__(self) -> str:
        return f"question {self.pk}"

    def can_be_answered_by(self, person: Person) -> bool:
        """Return whether `person` may answer: they prepare the meeting, which is not held yet."""
        meeting = self.item.meeting
        return meeting.is_to_come and meeting.committee.can_be_prepared_by(person)
