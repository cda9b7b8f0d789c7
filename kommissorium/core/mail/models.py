"""The outbox: a mail is a row, written in the transaction that gave cause for it."""

from __future__ import annotations

from datetime import datetime

from django.db import models


class MailQuerySet(models.QuerySet["OutboxMail"]):
    def due(self, now: datetime) -> MailQuerySet:
        """Return what is to be sent: due, unsent and not given up."""
        return self.filter(sent_at=None, given_up_at=None, due__lte=now).order_by("due", "pk")


class OutboxMail(models.Model):
    """One mail to one person. `key` says what it is about, so that it is queued once.

    `message_id` never changes, so that a mail sent twice after a crash is known as one.
    """

    recipient = models.EmailField()
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    due = models.DateTimeField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)
    queued_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "key"], name="mail_once")
        ]
        indexes = [models.Index(fields=["sent_at", "due"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
