"""To-do items of questions and dispensations, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day as in_words
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.counts import counts_of
from kommissorium.rulings.models import MOST_DAYS, SOON, Dispensation, Interpretation
from kommissorium.rulings.signals import APPLICATIONS, EXPIRING, OF_DISPENSATIONS, QUESTIONS

TOLD_FOR: Final = timedelta(days=30)  # after it holds: its minutes may come later than it
MOST: Final = 5  # lines of a kind: the list has the rest


def todos_of(person: Person, day: date) -> Iterator[Todo]:
    """Yield rulings to write, and dispensations that run out."""
    counts = counts_of("rulings")
    if person.is_coordinator and (counts[QUESTIONS.code] or counts[APPLICATIONS.code]):
        yield from _asked()
    yield from _running_out(person, day)
    if person.is_coordinator:
        yield from OF_DISPENSATIONS.todos(counts, EXPIRING)


def _asked() -> Iterator[Todo]:
    """Yield the questions nobody has answered and the applications nobody has put forward."""
    for one in Interpretation.objects.filter(state="draft").select_related("document")[:MOST]:
        text = _("A question waits for its ruling: %(rule)s") % {"rule": one.rule}
        due = timezone.localdate(one.made_at) + timedelta(days=MOST_DAYS)
        url = one.get_absolute_url()
        yield Todo(text, _("Write the ruling"), url, due=due, minutes=30)
    for found in Dispensation.objects.filter(state="draft").select_related("document")[:MOST]:
        text = _("A dispensation is applied for: %(rule)s") % {"rule": found.rule}
        yield Todo(text, _("See"), found.get_absolute_url())


def _running_out(person: Person, day: date) -> Iterator[Todo]:
    near = Dispensation.objects.running_out(day + SOON)
    for one in near.filter(made_by=person).select_related("document").order_by("last_day")[:MOST]:
        text = _("Your dispensation runs out: %(rule)s") % {"rule": one.rule}
        action = _("Renew it or end it")
        yield Todo(text, action, one.get_absolute_url(), due=one.last_day)


def reminders_on(day: date) -> Iterator[Reminder]:
    """Yield what was decided of what one asked for, and dispensations that run out."""
    yield from _answers(day)
    for one in Dispensation.objects.running_out(day + SOON).select_related("document", "made_by"):
        stage = _stage((day - one.last_day).days)
        if stage is None:
            continue
        with translation.override(one.made_by.language):
            values = {"rule": one.rule, "day": in_words(one.last_day)}
            text = _("%(rule)s: your dispensation runs out on %(day)s.") % values
            heading = _("Dispensations that run out")
        key = f"dispensation:{one.pk}:{one.last_day}:{stage}"
        link, is_late = one.get_absolute_url(), one.last_day < day
        yield Reminder(one.made_by, key, text, link, heading, is_late)


def _answers(day: date) -> Iterator[Reminder]:
    """Yield the rulings and dispensations of late to those who asked for them; each once, by its key."""
    since = day - TOLD_FOR
    for model in (Interpretation, Dispensation):
        given = model.objects.filter(state="approved", in_force_from__range=(since, day))
        for one in given.select_related("document", "made_by"):
            with translation.override(one.made_by.language):
                if isinstance(one, Dispensation):
                    text = _("Your dispensation is granted until %(day)s: %(rule)s.")
                    text %= {"rule": one.rule, "day": in_words(one.last_day)}
                else:
                    text = _("Your question is answered: %(rule)s.") % {"rule": one.rule}
                heading = _("Answers to what you asked for")
            key = f"{model._meta.label_lower}:{one.pk}:decided"  # noqa: SLF001
            yield Reminder(one.made_by, key, text, one.get_absolute_url(), heading)


def _stage(days: int) -> int | None:
    """Return the newest stage reached: 60 and 14 days before the last day, that day, after it."""
    return max((stage for stage in (-60, -14, 0, 14, 42) if stage <= days), default=None)
