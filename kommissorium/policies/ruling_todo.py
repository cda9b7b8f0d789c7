"""Whom questions, dispensations and readings wait for: to-do lines, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo
from kommissorium.policies.models import MOST_DAYS, SOON, Audience, Dispensation, Interpretation
from kommissorium.policies.readers import in_force_with_since, to_read, with_reading
from kommissorium.registers.counts import counts_of

MOST: Final = 5  # lines of a kind: the list has the rest
AGAIN, LATEST = 14, 56  # days between reminders to read, and the last one


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield what the person is to read, rulings to write, and dispensations that run out."""
    yield from _readings(person, today)
    counts = counts_of("policies")
    if person.is_coordinator and (counts["questions"] or counts["applications"]):
        yield from _asked()
    yield from _running_out(person, today)


def _readings(person: Person, today: date) -> Iterator[Todo]:
    for one in to_read(person, today):
        text = _("Read “%(title)s” and confirm it.") % {"title": one.document.title}
        yield Todo(text, _("Read it"), one.document.get_absolute_url())


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
    """Yield what is to be read when it takes effect and again, and dispensations that run out."""
    yield from _to_read(today)
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


def _to_read(today: date) -> Iterator[Reminder]:
    asked = Audience.objects.filter(document=OuterRef("document"))
    versions = in_force_with_since(today).filter(Exists(asked), document__is_retired=False)
    begun = {
        (one.document_id, one.number): one.in_force_from
        for one in versions.model.objects.filter(document__in=versions.values("document"))
    }
    for version in versions.select_related("document"):
        since = begun.get((version.document_id, version.since)) or version.in_force_from
        stage = min((today - since).days // AGAIN * AGAIN, LATEST)
        for person in with_reading(version, today).filter(read_at=None, email__isnull=False):
            with translation.override(person.language):
                values = {"title": version.document.title}
                text = _("Read “%(title)s” and confirm it.") % values
                heading = _("To be read")
            key = f"reading:{version.document_id}:{version.since}:{stage}"
            yield Reminder(person, key, text, version.document.get_absolute_url(), heading)


def _stage(days: int) -> int | None:
    """Return the newest stage reached: 60 and 14 days before the last day, that day, after it."""
    return max((stage for stage in (-60, -14, 0, 14, 42) if stage <= days), default=None)
