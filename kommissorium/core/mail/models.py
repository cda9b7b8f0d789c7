"""The outbox: a mail is a row, written in the same transaction as its cause."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy

from kommissorium.core.evidence.models import Record

LONGEST_WAIT = timedelta(hours=4)  # between two attempts
CLOCKS_DIFFER = timedelta(minutes=5)  # at most, between two workers


class MailQuerySet(models.QuerySet["OutboxMail"]):
    def waiting(self) -> MailQuerySet:
        """Return the mails that have neither left nor been given up or dropped."""
        return self.filter(sent_at=None, given_up_at=None, dropped_at=None)

    def unheld(self, now: datetime) -> MailQuerySet:
        """Return those in no worker's hands. What was noted while the clock was ahead holds none."""
        latest = now + LONGEST_WAIT + CLOCKS_DIFFER
        free = Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(claimed_until__gt=latest)
        return self.filter(free)

    def reached(self, thread: str) -> dict[str, bool]:
        """Return whether the newest mail of the thread arrived, or may, by address in lower case."""
        mails = self.filter(thread=thread).order_by("pk").values_list("recipient", "given_up_at")
        return {address.lower(): given_up_at is None for address, given_up_at in mails}

    def ready(self, now: datetime) -> MailQuerySet:
        """Return the mails that can leave now, the longest due first.

        That is due, in no worker's hands, and no mail of its thread queued before it waits.
        """
        due = Q(due__lte=now) | Q(due__lte=F("queued_at"), queued_at__gt=now + CLOCKS_DIFFER)
        before = OutboxMail.objects.waiting().filter(
            recipient=OuterRef("recipient"), thread=OuterRef("thread"), pk__lt=OuterRef("pk")
        )
        first = ~Exists(before.exclude(thread=""))
        return self.waiting().unheld(now).filter(first, due).order_by("due", "pk")


class OutboxMail(models.Model):
    """One mail to one person. `key` names its subject, so that it is queued once.

    `message_id` never changes, so that a mail sent twice after a crash is known as one. Mails
    of one `thread` reach a person in the order they were queued. `calendar` is a calendar file
    the mail carries, `calendar_method` what it asks of the person's calendar. `unsubscribe` is where
    mails of its kind are ended. `letter` is what Letter.data gives, `body` its plain text. What
    has not left by `useful_until` is dropped. The document of `record` goes along as `file_name`.
    """

    UNSEALED = gettext_lazy("mail on its way; what it tells of is sealed itself")

    class Method(models.TextChoices):
        REQUEST = "REQUEST"
        CANCEL = "CANCEL"

    recipient = models.EmailField()
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    due = models.DateTimeField()
    useful_until = models.DateTimeField(null=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    letter = models.JSONField(null=True, encoder=DjangoJSONEncoder)  # None for those of 0.1.0
    language = models.CharField(max_length=10, default="da")  # of subject and body
    reply_to = models.EmailField(blank=True)
    thread = models.CharField(max_length=120, blank=True)
    calendar = models.BinaryField(null=True)
    calendar_method = models.CharField(max_length=10, choices=Method, blank=True)
    unsubscribe = models.URLField(max_length=300, blank=True)
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=120, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    queued_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "key"], name="mail_once"),
            models.CheckConstraint(
                condition=Q(calendar=None, calendar_method="")
                | Q(calendar__isnull=False, calendar_method__in=["REQUEST", "CANCEL"]),
                name="calendar_with_method",
            ),
        ]
        indexes = [
            models.Index(fields=["sent_at", "due"]),
            models.Index(
                fields=["recipient", "thread"], condition=~Q(thread=""), name="mail_thread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Reminded(models.Model):
    """A reminder given to a person, so that it is sent once. `recipient` in lower case."""

    UNSEALED = gettext_lazy("who was reminded of what, so that nobody is told twice")

    recipient = models.EmailField()
    key = models.CharField(max_length=120)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="reminded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.on}"


class ReminderRound(models.Model):
    """The last day on which everybody was reminded who wished it that day. One row."""

    UNSEALED = gettext_lazy("when the worker did what")

    on = models.DateField()

    def __str__(self) -> str:
        return f"{self.on}"
