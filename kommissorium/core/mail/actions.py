"""Queue mails and send what is due."""

from __future__ import annotations

import logging
import smtplib
from datetime import datetime, timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import timezone

from kommissorium.core.mail.models import OutboxMail

logger = logging.getLogger("kommissorium.mail")

CLAIM = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=7)


def queue_mail(
    *, to: str, kind: str, key: str, subject: str, body: str, due: datetime | None = None
) -> bool:
    """Queue a mail once; return whether it was new.

    (to, kind, key) is unique: the same cause never gives two mails. The body is plain text
    and must hold nothing from closed items, only links.
    """
    now = timezone.now()
    _, created = OutboxMail.objects.get_or_create(
        recipient=to,
        kind=kind,
        key=key,
        defaults={
            "due": due or now,
            "subject": " ".join(subject.split())[:200],
            "body": body,
            "message_id": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
            "queued_at": now,
        },
    )
    return created


def send_due(now: datetime | None = None, most: int = 100) -> int:
    """Send the mails that are due; return how many left. Safe to run twice at once.

    A claim by conditional UPDATE lasts five minutes: a killed worker's mail goes later.
    A failure is tried again after 1, 2, 4 … minutes, at most 4 hours apart, for 7 days.
    """
    now = now or timezone.now()
    sent = 0
    for pk in OutboxMail.objects.due(now).values_list("pk", flat=True)[:most]:
        if _claim(pk, now):
            sent += _send(OutboxMail.objects.get(pk=pk), now)
    return sent


def _claim(pk: int, now: datetime) -> bool:
    free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    waiting = OutboxMail.objects.filter(free, pk=pk, sent_at=None, given_up_at=None)
    return bool(waiting.update(claimed_until=now + CLAIM, attempts=F("attempts") + 1))


def _send(mail: OutboxMail, now: datetime) -> bool:
    message = EmailMessage(
        mail.subject, mail.body, to=[mail.recipient], headers={"Message-ID": mail.message_id}
    )
    row = OutboxMail.objects.filter(pk=mail.pk)
    try:
        message.send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        logger.warning("mail %s did not leave: %s", mail.pk, type(error).__name__)
        row.update(**_postponed(mail, now, error))
        return False
    row.update(sent_at=timezone.now(), claimed_until=None, last_error="")
    return True


def _postponed(mail: OutboxMail, now: datetime, error: Exception) -> dict[str, object]:
    wait = min(timedelta(minutes=2 ** min(mail.attempts - 1, 10)), LONGEST_WAIT)
    given_up = now if now - mail.due > GIVE_UP_AFTER else None
    text = f"{type(error).__name__}: {error}"[:300]
    return {"claimed_until": now + wait, "last_error": text, "given_up_at": given_up}
