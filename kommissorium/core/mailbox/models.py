"""The mailbox that answers come to: the state of reading it, and the result of each mail."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailboxState(models.Model):
    """The last reading of the mailbox. One row, from the first time it was tried."""

    UNSEALED = _("when the worker did what")

    class Problem(models.TextChoices):
        NONE = "", "–"
        NAME = "name", _("No machine is known by that name: check IMAP_HOST.")
        SILENCE = "silence", _("It did not answer in time: check IMAP_PORT and the firewall.")
        CLOSED = "closed", _("Nothing answers there: check IMAP_PORT.")
        CERTIFICATE = "certificate", _("Its certificate is not one that this machine trusts.")
        TLS = "tls", _("No encryption could be agreed on: check IMAP_PORT.")
        SIGN_IN = "sign_in", _("It refuses the sign-in: check IMAP_USER and IMAP_PASSWORD.")
        FOLDER = "folder", _("It has no such folder: check IMAP_FOLDER.")
        OTHER = "other", _("It broke off, or said what was not understood.")

    read_at = models.DateTimeField(null=True)  # the last time it went well
    failures = models.PositiveIntegerField(default=0)  # in a row
    failed_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)  # after a failure
    problem = models.CharField(max_length=20, choices=Problem, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.problem or "read"


class ReceivedMail(models.Model):
    """A mail of the mailbox that was looked at, so that it is never looked at again.

    `key` is what the server calls it (UIDVALIDITY and UID). Its text is not kept.
    """

    UNSEALED = _("what came by mail; the answers in it are sealed themselves")

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Answer noted")
        KNOWN = "known", _("This answer, or a newer one, is known already")
        BOUNCED = "bounced", _("Tells that a mail did not arrive: noted")
        NO_REPLY = "no_reply", _("Holds no answer to an invitation")
        NO_BOUNCE = "no_bounce", _("Tells of a mail that is not one of ours")
        LARGE = "large", _("Larger than an answer can be; not opened")
        DAMAGED = "damaged", _("Damaged, or takes too long to read")
        INCOMPLETE = "incomplete", _("Does not say who answers what")
        OTHER_SENDER = "other_sender", _("Sent by somebody else than who answers")
        OTHER_MEETING = "other_meeting", _("Answers an invitation that is not ours")
        NOT_CALLED = "not_called", _("Nobody with that address is called to the meeting")
        NEVER_SENT = "never_sent", _("Answers an invitation that was never sent")
        FORMER = "former", _("Answers a former time of the meeting")
        OVER = "over", _("The meeting is over or cancelled")
        HEAD = "head", _("Head of another municipality's evidence: noted")
        ODD_HEAD = (
            "odd_head",
            _("Head of another municipality's evidence that does not follow the last"),
        )
        REPORTED = "reported", _("Report of an incident: taken in")
        AUTOMATIC = "automatic", _("Sent to report an incident, but written by no person")
        TOO_MANY = "too_many", _("Too many reports came just then; not taken in")
        STRANGER = "stranger", _("Reports an incident, but nobody here has that address")

    key = models.CharField(max_length=60, unique=True)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome)
    handled_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.key} {self.outcome}"

    @property
    def is_done(self) -> bool:
        """Return whether nobody need look at it: then it is marked as read in the mailbox."""
        done = {"TAKEN", "KNOWN", "BOUNCED", "HEAD", "REPORTED"}
        return self.outcome in {self.Outcome[name] for name in done}
