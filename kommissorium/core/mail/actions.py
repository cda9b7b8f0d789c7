"""Queues mails and sends those that are due."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.errors import MessageError
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kommissorium.core.evidence.models import Record
from kommissorium.core.mail.delivery import Delivery, Unreachable, is_final
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.mail.models import LONGEST_WAIT, OutboxMail, Reminded, ReminderRound
from kommissorium.core.mail.set_up import mail_is_set_up

logger = logging.getLogger("kommissorium.mail")

CLAIM = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(days=7)
# As many as a week of trying holds. Before that a mail waited for something else: for mail to be
# set up, or by a clock that was set forward.
FEWEST_ATTEMPTS = 50


def queue_mail(
    *,
    to: str,
    kind: str,
    key: str,
    letter: Letter,
    due: datetime | None = None,
    useful_until: datetime | None = None,
    reply_to: str = "",
    thread: str = "",
    replaces: Sequence[str] = (),
    calendar: bytes | None = None,
    calendar_method: str = "",
    unsubscribe: str = "",
    document: Record | None = None,
    file_name: str = "",
) -> bool:
    """Queue a mail once; return whether it was new.

    (to, kind, key) is unique: the same cause never gives two mails. The letter must hold nothing
    from closed items. Mails of one (to, thread) leave in the order they were queued: a later one
    waits for the earlier. What has not left by `useful_until` is dropped. What it `replaces` are kinds of the same thread: such mails that have not left never
    do. `calendar` is a calendar file whose METHOD is `calendar_method` (REQUEST or CANCEL); give
    both or neither. `unsubscribe` is where such mails are ended by one press (RFC 8058). The PDF
    of `document` goes along as `file_name`.
    """
    now = timezone.now()
    if replaces:
        earlier = OutboxMail.objects.waiting().filter(recipient=to, thread=thread)
        earlier.filter(kind__in=replaces).delete()
    _, created = OutboxMail.objects.get_or_create(
        recipient=to,
        kind=kind,
        key=key,
        defaults={
            "due": due or now,
            "useful_until": useful_until,
            **_said(letter),
            "reply_to": reply_to,
            "thread": thread,
            "calendar": calendar,
            "calendar_method": calendar_method,
            "unsubscribe": unsubscribe,
            "record": document,
            "file_name": file_name,
            "message_id": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
            "queued_at": now,
        },
    )
    return created


def _said(letter: Letter) -> dict[str, Any]:
    subject = " ".join(letter.subject.split())[:200]
    said = {"subject": subject, "body": letter.text, "letter": letter.data}
    return {**said, "language": letter.language}


@transaction.atomic
def gather_mail(
    *, to: str, kind: str, key: str, letter: Letter, due: datetime, into: Sequence[str] = ()
) -> None:
    """Queue a mail with a list, or add the list to the one of its kind that waits for the person.

    One of the kinds `into` takes it as well.
    """
    unheld = OutboxMail.objects.waiting().unheld(timezone.now())
    waiting = unheld.filter(recipient=to, kind__in=[kind, *into]).filter(letter__isnull=False)
    # Held until the transaction ends, so that no worker takes what is being written.
    mail = waiting.select_for_update().first()
    if mail is None or mail.letter is None:
        queue_mail(to=to, kind=kind, key=key, letter=letter, due=due)
        return
    longer = Letter.from_data(mail.letter).with_list(letter.lists[-1])
    OutboxMail.objects.filter(pk=mail.pk).update(**_said(longer))


def take_gathered(*, to: str, kind: str) -> list[Link]:
    """Take back the mail of a kind that waits for the person; return the items of its last list."""
    waiting = OutboxMail.objects.waiting().unheld(timezone.now()).filter(recipient=to, kind=kind)
    items: list[Link] = []
    for mail in waiting.select_for_update():
        lists = Letter.from_data(mail.letter).lists if mail.letter else ()
        items += lists[-1].items if lists else ()
        mail.delete()
    return items


@transaction.atomic
def queue_digest(
    *, to: str, keys: Sequence[str], on: date, letter: Letter, unsubscribe: str = ""
) -> bool:
    """Queue a person's one digest of the day and note its lines; False if it is there."""
    key = on.isoformat()
    queued = queue_mail(to=to, kind="digest", key=key, letter=letter, unsubscribe=unsubscribe)
    if not queued:
        return False
    Reminded.objects.bulk_create(Reminded(recipient=to.lower(), key=key, on=on) for key in keys)
    return True


def reword_waiting(*, to: str, kind: str, key: str, letter: Letter) -> None:
    """Give a mail to this address other words, if it has not left; its lists stay."""
    mail = OutboxMail.objects.waiting().filter(recipient=to, kind=kind, key=key).first()
    if mail is not None:
        lists = Letter.from_data(mail.letter).lists if mail.letter else ()
        said = _said(replace(letter, lists=lists))
        OutboxMail.objects.waiting().filter(pk=mail.pk).update(**said)


def prolong_waiting(*, thread: str, useful_until: datetime) -> None:
    """Let mails of a thread that have not left be of use until another moment."""
    OutboxMail.objects.waiting().filter(thread=thread).update(useful_until=useful_until)


@transaction.atomic
def note_round(on: date) -> None:
    """Note that everybody was reminded who wished it on that day."""
    ReminderRound.objects.update_or_create(pk=1, defaults={"on": on})


def withdraw_waiting(*, kind: str, keys: Iterable[str]) -> None:
    """Take back mails that have not left and no longer hold."""
    OutboxMail.objects.waiting().filter(kind=kind, key__in=list(keys)).delete()


def note_bounce(message_id: str, said: str) -> bool:
    """Note that a mail that left never arrives, as a permanent refusal; False if it is not ours."""
    row = OutboxMail.objects.filter(message_id=message_id).exclude(sent_at=None)
    row.filter(given_up_at=None).update(given_up_at=timezone.now(), last_error=said[:300])
    return row.exists()


def send_due(now: datetime | None = None, most: int = 100) -> int:
    """Send the mails that are due; return the number sent. Safe to run twice at once.

    Until mail is set up all wait, untried. What is of no use any more is dropped, not sent.

    A claim by conditional UPDATE lasts five minutes: a killed worker's mail goes later.
    A failure is tried again after 1, 2, 4 … minutes, at most 4 hours apart, for 7 days; a refusal
    for good never. When the server cannot be reached the others stay for the next time.
    """
    if not mail_is_set_up():
        return 0
    now = now or timezone.now()
    OutboxMail.objects.waiting().unheld(now).filter(useful_until__lte=now).update(dropped_at=now)
    sent = tried = 0
    with Delivery() as delivery:
        # What has left lets the next of its thread go, so ask again until nothing is ready.
        while pks := OutboxMail.objects.ready(now).values_list("pk", flat=True)[: most - tried]:
            tried += len(pks)
            for pk in pks:
                mail = _claimed(pk, now)
                try:
                    sent += mail is not None and _send(mail, now, delivery)
                except Unreachable:
                    return sent  # the others would wait for the same silence, one after the other
    return sent


def _claimed(pk: int, now: datetime) -> OutboxMail | None:
    """Return the mail, claimed for a while; None when somebody else has it or took it back."""
    ready = OutboxMail.objects.ready(now).filter(pk=pk)
    ours = ready.update(claimed_until=now + CLAIM, attempts=F("attempts") + 1)
    return OutboxMail.objects.filter(pk=pk).first() if ours else None


def _send(mail: OutboxMail, now: datetime, delivery: Delivery) -> bool:
    """Return whether it left. Raises Unreachable when no other mail would either."""
    row = OutboxMail.objects.filter(pk=mail.pk)
    try:
        delivery.send(mail)
    except (OSError, smtplib.SMTPException, ValueError, MessageError) as error:
        logger.warning("mail %s did not leave: %s", mail.pk, type(error).__name__)
        row.update(**_postponed(mail, now, error))
        if isinstance(error, Unreachable):
            raise
        return False
    row.update(sent_at=timezone.now(), claimed_until=None, last_error="")
    return True


def _postponed(mail: OutboxMail, now: datetime, error: Exception) -> dict[str, object]:
    wait = min(timedelta(minutes=2 ** min(mail.attempts - 1, 10)), LONGEST_WAIT)
    is_hopeless = now - mail.due > GIVE_UP_AFTER and mail.attempts >= FEWEST_ATTEMPTS
    given_up = now if is_hopeless or is_final(error) else None
    text = str(error) if isinstance(error, Unreachable) else f"{type(error).__name__}: {error}"
    return {"claimed_until": now + wait, "last_error": text[:300], "given_up_at": given_up}
