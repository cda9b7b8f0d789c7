"""Sends one mail a day with the reminders of all rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from itertools import chain

from django.utils import timezone

from kommissorium.accounts import waiting as access
from kommissorium.core.mail.digest import Reminder, send_digests
from kommissorium.meetings import reminders as meetings
from kommissorium.registers.register import registers
from kommissorium.tasks import reminders as tasks
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
    sources = [*SOURCES, *(register.reminders for register in registers())]
    return send_digests(chain.from_iterable(source(on) for source in sources), on)
