"""To-do items of objectives on the overview, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day as in_words
from kommissorium.core.ui.todo import Todo
from kommissorium.objectives.models import Objective
from kommissorium.objectives.signals import LATE, OLD_LINK, SIGNALS, WITHOUT_OWNER
from kommissorium.objectives.status import statuses_of, statuses_on
from kommissorium.registers.counts import counts_of


def todos_of(person: Person, day: date) -> Iterator[Todo]:
    """Yield the objectives to measure, and for a coordinator those without an owner."""
    counts = counts_of("objectives")
    if counts[LATE.code]:
        theirs = Objective.objects.in_force_on(day).filter(owner=person)
        own = SIGNALS.counted(statuses_of(theirs.select_related("set"), day), LATE)
        yield from SIGNALS.todos(own, LATE, own=True, urgent=True)
    if person.is_coordinator:
        yield from SIGNALS.todos(counts, WITHOUT_OWNER, OLD_LINK)


def reminders_on(day: date) -> Iterator[Reminder]:
    """Yield for each objective that is late to be measured a line to its owner, once a time.

    It names one, and its day: that is no number of the register.
    """
    for one in filter(LATE.holds, statuses_on(day)):
        owner = one.objective.owner
        if owner is None:
            continue
        with translation.override(owner.language):
            words = {"title": one.objective.title, "day": in_words(one.next_due)}
            text = _("%(title)s: was to be measured by %(day)s.") % words
            heading = _("Objectives")
        key = f"objective:{one.objective.pk}:{one.next_due}"
        yield Reminder(owner, key, text, one.objective.get_absolute_url(), heading)
