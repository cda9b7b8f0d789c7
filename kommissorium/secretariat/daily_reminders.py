"""Sends one mail a day to each person of whom a room has something new to tell.

The rooms' reminders say who is to have a mail, and when; what it says is all that waits for the
person, the same list as on the overview.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from itertools import chain

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts import waiting as access
from kommissorium.accounts.links import reminder_stop_link
from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder, send_digests
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings import todo as meetings
from kommissorium.secretariat.put_off import in_use
from kommissorium.secretariat.todo import waits_for
from kommissorium.tasks import todo as tasks
from kommissorium.yearwheel import reminders as yearwheel

EARLIEST = time(7)  # in the municipality's zone: nobody's telephone rings at night
SOURCES: tuple[Callable[[date], Iterable[Reminder]], ...] = (
    access.reminders,
    tasks.reminders,
    yearwheel.reminders,
    meetings.reminders,
)


def remind_today() -> int:
    """Queue today's digests; return how many. Before seven in the morning it does nothing."""
    now = timezone.localtime()
    if now.time() < EARLIEST:
        return 0
    on = now.date()
    sources = [*SOURCES, *(register.reminders for register in in_use())]
    reminders = chain.from_iterable(source(on) for source in sources)
    return send_digests(reminders, on, lines_of, reminder_stop_link)


def lines_of(person: Person) -> list[Reminder]:
    """Return all that waits for a person as the lines of a mail, in the active language.

    Nothing of a closed item stands in it.
    """
    late, rest = _("Overdue"), _("Waits for you")
    return [
        Reminder(
            *(person, one.url, _in_mail(one), one.url, late if one.is_late else rest),
            is_late=one.is_late,
        )
        for one in waits_for(person)
    ]


def _in_mail(thing: Todo) -> str:
    text = thing.in_mail or thing.text
    return f"{text} ({thing.when})" if thing.when else text
