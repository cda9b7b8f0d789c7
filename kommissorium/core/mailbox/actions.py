"""Reads the mailbox: answers to invitations, heads of others, notices that a mail did not arrive."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched

from django.conf import settings
from django.db import DatabaseError, DataError, transaction
from django.utils import timezone

from kommissorium.core.documents.calendar_replies import CalendarUnreadable, Reply
from kommissorium.core.documents.letters import Letter, read_letter
from kommissorium.core.documents.subprocess_runner import Busy
from kommissorium.core.mail.actions import note_bounce
from kommissorium.core.mailbox.connection import Mailbox, Unreadable, mailbox_is_set_up
from kommissorium.core.mailbox.models import MailboxState, ReceivedMail
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line

MOST_BYTES = 2 * 1024 * 1024
MOST_MAILS = 50  # in one run, and no new one begins after:
MOST_SECONDS = 60
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
KEPT = timedelta(days=365)
AT_ONCE = 500

logger = logging.getLogger("kommissorium.mailbox")
Outcome = ReceivedMail.Outcome
# What the letter itself lacks, as its reader says it.
REFUSED = {"incomplete": Outcome.INCOMPLETE, "damaged": Outcome.DAMAGED}


@dataclass(frozen=True)
class Takers:
    """Who notes what mails hold.

    An answer, given who says to have sent it, and what the server whose word counts (IMAP_AUTHSERV)
    found of that: "pass", "fail", or "" for nothing; and any other mail, given the same: the first
    taker that does not say None has taken it.
    """

    answer: Callable[[Reply, tuple[str, ...], str], Outcome]
    others: Sequence[Callable[[Letter, str], Outcome | None]]


def read_mailbox(take: Takers, now: datetime | None = None) -> int:
    """Look at the unread mails that are new; return their number. Safe to run twice at once.

    What is done with a mail and that it
    is done are one transaction; only after that it is marked as read, so that a crash doubles
    nothing. What cannot be used stays unread, for people. A mailbox that cannot be read is tried
    again after 1, 2, 4 … minutes, an hour at most.
    """
    now = now or timezone.now()
    # What was noted while the clock was ahead holds nothing back.
    waits = MailboxState.objects.filter(next_at__gt=now, next_at__lte=now + LONGEST_WAIT)
    if not mailbox_is_set_up() or waits.exists():
        return 0
    try:
        with Mailbox() as mailbox:
            handled = _read(mailbox, take)
    except Unreadable as unreadable:
        logger.warning("the mailbox cannot be read: %s", unreadable)
        _note_failure(unreadable, now)
        return 0
    _note_success(now)
    return handled


def _read(mailbox: Mailbox, take: Takers) -> int:
    end = time.monotonic() + MOST_SECONDS
    unread = mailbox.unread()
    outcomes = _outcomes(mailbox, unread)
    for uid in unread:
        if outcomes.get(uid) and outcomes[uid].is_done:
            mailbox.mark_read(uid)  # a crash came between
    handled = 0
    for uid in [uid for uid in unread if uid not in outcomes][:MOST_MAILS]:
        if time.monotonic() > end:
            break
        row = _handled(mailbox, uid, take)
        handled += row is not None
        if row and row.is_done:
            mailbox.mark_read(uid)
    return handled


def _outcomes(mailbox: Mailbox, uids: list[str]) -> dict[str, ReceivedMail]:
    found: dict[str, ReceivedMail] = {}
    for some in batched(uids, AT_ONCE):
        keys = {_key(mailbox, uid): uid for uid in some}
        rows = ReceivedMail.objects.filter(key__in=keys)
        found.update((keys[row.key], row) for row in rows)
    return found


def _key(mailbox: Mailbox, uid: str) -> str:
    return f"{mailbox.validity}.{uid}"


def _handled(mailbox: Mailbox, uid: str, take: Takers) -> ReceivedMail | None:
    """Look at one mail; None when it is to be looked at another time, or is gone."""
    key, size = _key(mailbox, uid), mailbox.size(uid)
    if size is None:
        return None
    is_large = size > MOST_BYTES
    data = mailbox.headers(uid) if is_large else mailbox.fetch(uid)
    try:
        return _looked_at(key, data, take, is_large=is_large) if data is not None else None
    except (Busy, Refused):
        return None  # others are busy now, or changed the meeting at that moment


def _looked_at(key: str, data: bytes, take: Takers, *, is_large: bool) -> ReceivedMail | None:
    try:
        letter = read_letter(data)
        return _noted(key, Outcome.LARGE, letter) if is_large else _done(key, letter, take)
    except CalendarUnreadable:
        return _noted(key, Outcome.DAMAGED)
    except (Busy, Refused, DatabaseError) as error:
        if not isinstance(error, DataError):  # that is for a text that no database takes
            raise
        return _noted(key, Outcome.DAMAGED)
    except Exception:  # a fault of ours stops no other mail
        logger.exception("mail %s of the mailbox was not understood", key)
        return _noted(key, Outcome.DAMAGED)


@transaction.atomic
def _done(key: str, letter: Letter, take: Takers) -> ReceivedMail | None:
    if ReceivedMail.objects.filter(key=key).exists():
        return None  # another worker was here first
    found = list(_taken(letter, take))
    first = next((one for one in found if one not in {Outcome.TAKEN, Outcome.KNOWN}), found[0])
    return _noted(key, first, letter)


def _taken(letter: Letter, take: Takers) -> Iterator[Outcome]:
    """Yield the result of each item in the letter; at least one."""
    if letter.bounce:
        known = note_bounce(letter.bounce.message_id, letter.bounce.said)
        yield Outcome.BOUNCED if known else Outcome.NO_BOUNCE
    elif letter.replies:
        for reply in letter.replies:
            yield take.answer(reply, letter.senders, letter.proof(settings.IMAP_AUTHSERV))
    else:
        proof = letter.proof(settings.IMAP_AUTHSERV)
        kept = next((found for one in take.others if (found := one(letter, proof))), None)
        yield kept or REFUSED.get(letter.refused, Outcome.NO_REPLY)


def _noted(key: str, outcome: Outcome, letter: Letter | None = None) -> ReceivedMail:
    if outcome is Outcome.REPORTED:
        letter = None  # who reported what is for those who handle incidents alone
    return ReceivedMail.objects.create(
        key=key,
        sender=one_line(", ".join(letter.senders))[:254] if letter else "",
        subject=one_line(letter.subject)[:200] if letter else "",
        outcome=outcome,
        handled_at=timezone.now(),
    )


@transaction.atomic
def _note_failure(unreadable: Unreadable, now: datetime) -> None:
    state, _created = MailboxState.objects.get_or_create(pk=1)
    state.failures += 1
    state.failed_since = state.failed_since or now
    state.next_at = now + min(FIRST_WAIT * 2 ** min(state.failures - 1, 10), LONGEST_WAIT)
    state.problem, state.last_error = unreadable.problem, one_line(unreadable.said)[:300]
    state.save()


@transaction.atomic
def _note_success(now: datetime) -> None:
    values = {"failures": 0, "failed_since": None, "next_at": None, "problem": "", "last_error": ""}
    MailboxState.objects.update_or_create(pk=1, defaults={**values, "read_at": now})
    ReceivedMail.objects.filter(handled_at__lt=now - KEPT).delete()
