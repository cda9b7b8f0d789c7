"""Whom questions and dispensations wait for: to-do lines, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.counts import counts_of
from kommissorium.rulings.models import MOST_DAYS, SOON, Dispensation, Interpretation

MOST: Final = 5  # lines of a kind: the list has the rest


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield rulings to write, and dispensations that run out."""
    counts = counts_of("rulings")
    if person.is_coordinator and (counts["questions"] or counts["applications"]):
        yield from _asked()
    yield from _running_out(person, today)


def _asked() -> Iterator[Todo]:
    """Yield the questions nobody has answered and the applications nobody has put forward."""
    for one in Interpretation.objects.filter(state="draft").select_related("document")[:MOST]:
        text = _("A question waits for its ruling: %(rule)s") % {"rule": one.rule}
        due = timezone.localdate(one.made_at) + timedelta(days=MOST_DAYS)
        yield Todo(text, _("Write the ruling"), one.get_absolute_url(), due=due)
    for found in Dispensation.objects.filter(state="draft").select_related("document")[:MOST]:
        text = _("A dispensation is applied for: %(rule)s") % {"rule": found.rule}
        yield Todo(text, _("Look at it"), found.get_absolute_url())


def _running_out(person: Person, today: date) -> Iterator[Todo]:
    near = Dispensation.objects.running_out(today + SOON)
    for one in near.filter(made_by=person).select_related("document").order_by("last_day")[:MOST]:
        text = _("Your dispensation runs out: %(rule)s") % {"rule": one.rule}
        action = _("Renew it or end it")
        yield Todo(text, action, one.get_absolute_url(), due=one.last_day)
    if person.is_coordinator and (number := near.exclude(made_by=person).count()):
        text = ngettext(
            "%(number)d dispensation has run out or does so within 60 days.",
            "%(number)d dispensations have run out or do so within 60 days.",
            number,
        )
        url = f"{reverse('dispensations')}?expiring=1"
        yield Todo(text % {"number": number}, _("See which"), url)


def reminders_on(today: date) -> Iterator[Reminder]:
    """Yield dispensations that run out."""
    for one in Dispensation.objects.running_out(today + SOON).select_related("document", "made_by"):
        stage = _stage((today - one.last_day).days)
        if stage is None:
            continue
        with translation.override(one.made_by.language):
            values = {"rule": one.rule, "day": day(one.last_day)}
            text = _("%(rule)s: your dispensation runs out on %(day)s.") % values
            heading = _("Dispensations that run out")
        key = f"dispensation:{one.pk}:{one.last_day}:{stage}"
        link, is_late = one.get_absolute_url(), one.last_day < today
        yield Reminder(one.made_by, key, text, link, heading, is_late)


def _stage(days: int) -> int | None:
    """Return the newest stage reached: 60 and 14 days before the last day, that day, after it."""
    return max((stage for stage in (-60, -14, 0, 14, 42) if stage <= days), default=None)
