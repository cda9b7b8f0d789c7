"""One daily mail per person with all their reminders.

What a reminder is about is told once: its key says what and which stage of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import batched
from typing import Any, Protocol

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.mail.actions import note_round, queue_digest
from kommissorium.core.mail.letter import Letter, Link, Listed
from kommissorium.core.mail.models import OutboxMail, Reminded, ReminderRound
from kommissorium.core.mail.set_up import mail_is_set_up

AT_ONCE = 500  # keys asked for in one query


class Recipient(Protocol):
    """Somebody who can be reminded."""

    name: str
    email: str | None
    language: str
    is_active: bool

    def wants_reminders(self, *, begins_week: bool) -> bool:
        """Return whether a mail with reminders is wished on a day, the week's first or not."""
        ...


@dataclass(frozen=True)
class Reminder:
    """One line of a digest: a sentence in the person's language and the path of its page.

    `key` names what it is about and the stage ("task:12:2026-12-01:-7"), `heading` what it is
    listed under. Nothing of a closed item may stand in it.
    """

    person: Recipient
    key: str
    text: str
    url: str
    heading: str
    is_late: bool = False


def send_digests(
    reminders: Iterable[Reminder],
    on: date,
    all_of: Callable[[Any], Sequence[Reminder]] | None = None,
    stop_link: Callable[[Any], str] | None = None,
) -> int:
    """Queue one mail to each person with something new to be reminded of; return their number.

    The mail says what is new, or, with `all_of`, all that waits for the person; `stop_link` gives
    the address at which a person's reminders end.

    Whoever wishes no mail that day is told nothing, and nothing counts as told. Whoever has got
    the day's mail waits for tomorrow's. To run it twice, or in two workers, is harmless. Those with
    no e-mail, or who left, are skipped. Until mail is set up nothing is queued: one mail then tells
    what is still to be done, rather than one for each day that passed. The week begins on Monday,
    or on the first day after it on which this is run.
    """
    if not mail_is_set_up():
        return 0
    begins_week = _begins_week(on)
    by_address: dict[str, list[Reminder]] = {}
    for reminder in reminders:
        person = reminder.person
        if person.email and person.is_active and person.wants_reminders(begins_week=begins_week):
            by_address.setdefault(person.email.lower(), []).append(reminder)
    for address in _served(on):
        by_address.pop(address, None)
    told = _told(reminder.key for found in by_address.values() for reminder in found)
    new = {
        address: {r.key: r for r in found if (address, r.key) not in told}
        for address, found in by_address.items()
    }
    sent = sum(
        _send(list(found.values()), on, all_of, stop_link) for found in new.values() if found
    )
    note_round(on)
    return sent


def _begins_week(on: date) -> bool:
    """Return whether nobody was reminded earlier in the week: a Monday missed is caught up."""
    monday = on - timedelta(days=on.weekday())
    return not ReminderRound.objects.filter(on__gte=monday, on__lt=on).exists()


def _send(
    reminders: Sequence[Reminder],
    on: date,
    all_of: Callable[[Any], Sequence[Reminder]] | None,
    stop_link: Callable[[Any], str] | None,
) -> bool:
    person = reminders[0].person
    keys = [reminder.key for reminder in reminders]
    with translation.override(person.language):
        reminders = (all_of(person) if all_of else ()) or reminders
        letter = _worded(person.name, reminders)
    stop = stop_link(person) if stop_link else ""
    return queue_digest(to=person.email or "", keys=keys, on=on, letter=letter, unsubscribe=stop)


def _subject(reminders: Sequence[Reminder]) -> str:
    """Return the number of reminders, and how many of them are overdue."""
    subject = ngettext(
        "Kommissorium: %(number)d reminder",
        "Kommissorium: %(number)d reminders",
        len(reminders),
    ) % {"number": len(reminders)}
    late = sum(one.is_late for one in reminders)
    if not late:
        return subject
    return _("%(subject)s, %(late)d overdue") % {"subject": subject, "late": late}


def _worded(name: str, reminders: Sequence[Reminder]) -> Letter:
    listed: dict[str, list[Link]] = {}
    for reminder in reminders:
        listed.setdefault(reminder.heading, []).append(Link(reminder.text, reminder.url))
    return Letter(
        _subject(reminders),
        Link(_("See all that waits for you"), "/"),
        name,
        lists=[Listed(heading, items) for heading, items in listed.items()],
        more=[Link(_("Choose how often"), "/account/")],
        small=[_("You get one such mail a day at most, and only when there is something new.")],
    )


def _served(on: date) -> list[str]:
    today = OutboxMail.objects.filter(kind="digest", key=on.isoformat())
    return [address.lower() for address in today.values_list("recipient", flat=True)]


def _told(keys: Iterable[str]) -> set[tuple[str, str]]:
    told: set[tuple[str, str]] = set()
    for some in batched(sorted(set(keys)), AT_ONCE):
        told.update(Reminded.objects.filter(key__in=some).values_list("recipient", "key"))
    return told
