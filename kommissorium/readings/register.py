"""The register of readings, as the rest of the program knows it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from kommissorium.core.schedule.actions import Periodic
from kommissorium.readings.readers import owners_who_read
from kommissorium.readings.signals import SIGNALS
from kommissorium.readings.todo import reminders_on, todos_of
from kommissorium.registers.actions.kept import keep_due_figures, record_counts
from kommissorium.registers.links import OWNERS_WHO_READ
from kommissorium.registers.menu import MenuLine, nobody
from kommissorium.registers.numbers import Counts
from kommissorium.registers.protocol import Register


class ReadingRegister(Register):
    """Readers of policy documents: those who are to read them, and those who have."""

    code = "readings"
    label = _("Readings")
    menu = MenuLine("guidelines", is_shown_to=nobody)  # the pages of documents lead here
    place = 17
    counts = Counts(
        SIGNALS.count,
        ("readings", "policies", "registers", "accounts", "assets", "committees"),
        record=partial(record_counts, code),
    )
    signals = (SIGNALS,)
    schedule = (Periodic("reading_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    todos = staticmethod(todos_of)
    reminders = staticmethod(reminders_on)


REGISTER = ReadingRegister()
OWNERS_WHO_READ.offer(ReadingRegister.code, owners_who_read)
