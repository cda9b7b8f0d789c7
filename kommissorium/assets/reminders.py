"""Reminders to owners: a week before their answers are due, that day, weekly after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.assets.models import Asked
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day

WEEK = 7  # days
LATEST = 28  # days after: from then on it is the coordinator's to write or call


def reminders(on: date) -> Iterator[Reminder]:
    """Yield, for each owner with something unanswered, the newest stage reached by the date."""
    near = Asked.objects.waiting().filter(round__due__lte=on + timedelta(days=WEEK))
    reachable = near.filter(person__is_active=True, person__email__isnull=False)
    for asked in reachable.with_progress().select_related("person", "round").order_by("pk"):
        with translation.override(asked.person.language):
            heading, text = _in_words(asked, on)
        # With the day in it, a round that is moved is told of again.
        key = f"attestation:{asked.pk}:{asked.round.due}:{stage(asked.round.due, on)}"
        yield Reminder(asked.person, key, text, reverse("attestation"), heading)


def stage(due: date, on: date) -> int | None:
    """Return the newest stage reached: -7, 0, 7 … 28 days after it is due; None before all."""
    days = (on - due).days
    return None if days < -WEEK else min(days // WEEK * WEEK, LATEST)


def _in_words(asked: Asked, on: date) -> tuple[str, str]:
    values = {"title": asked.round.title, "number": asked.left, "date": day(asked.round.due)}
    if asked.round.due >= on:
        text = ngettext(
            "%(title)s: answer for %(number)d asset by %(date)s",
            "%(title)s: answer for %(number)d assets by %(date)s",
            asked.left,
        )
        return _("Waiting for your answer"), text % values
    text = ngettext(
        "%(title)s: %(number)d asset is not answered for. It was due on %(date)s.",
        "%(title)s: %(number)d assets are not answered for. They were due on %(date)s.",
        asked.left,
    )
    return _("Overdue"), text % values
