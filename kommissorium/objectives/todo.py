"""To-do items of objectives on the overview, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day as in_words
from kommissorium.core.ui.todo import Todo
from kommissorium.objectives.status import Progress, statuses_on
from kommissorium.registers.counts import counts_of


def todos_of(person: Person, day: date) -> Iterator[Todo]:
    """Yield the objectives to measure, and for a coordinator those without an owner."""
    counts, home = counts_of("objectives"), reverse("objectives")
    late = (
        [one for one in statuses_on(day) if one.progress == Progress.LATE] if counts["late"] else []
    )
    if number := sum(one.objective.owner_id == person.pk for one in late):
        text = ngettext(
            "%(number)d objective of yours is to be measured.",
            "%(number)d objectives of yours are to be measured.",
            number,
        )
        url = f"{home}?progress=late&mine=1"
        yield Todo(text % {"number": number}, _("Measure"), url, urgent=True)
    if person.is_coordinator and (number := counts["without_owner"]):
        text = ngettext(
            "%(number)d objective has no owner.", "%(number)d objectives have no owner.", number
        )
        url = f"{home}?without_owner=1"
        yield Todo(text % {"number": number}, _("See the objectives"), url)
    if person.is_coordinator and (number := counts["old_link"]):
        text = ngettext(
            "%(number)d objective is to be held against the new risk level.",
            "%(number)d objectives are to be held against the new risk level.",
            number,
        )
        yield Todo(text % {"number": number}, _("See the objectives"), f"{home}?link=old")


def reminders_on(day: date) -> Iterator[Reminder]:
    """Yield for each objective that is late to be measured a line to its owner, once a time."""
    for one in statuses_on(day):
        owner = one.objective.owner
        if owner is None or one.progress != Progress.LATE:
            continue
        with translation.override(owner.language):
            words = {"title": one.objective.title, "day": in_words(one.next_due)}
            text = _("%(title)s: was to be measured by %(day)s.") % words
            heading = _("Objectives to be measured")
        key = f"objective:{one.objective.pk}:{one.next_due}"
        yield Reminder(owner, key, text, one.objective.get_absolute_url(), heading)
