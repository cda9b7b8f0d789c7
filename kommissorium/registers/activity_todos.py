"""To-do items of activities on the overview, and reminders by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day as in_words
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.models.activities import ActivityState, in_state

type Kind = ActivityKind[Any]
AHEAD: Final = timedelta(days=14)  # from when an activity stands among the to-dos
NEXT_YEAR: Final = 11  # the month from which the next year's plan is asked for


def activity_todos(kind: Kind, person: Person, today: date) -> Iterator[Todo]:
    """Yield what the person is to hold, and for coordinators what is late and the plan that lacks."""
    rows = kind.visible_to(person).filter(plan__state="approved").order_by("planned_for", "pk")
    late, soon = in_state(ActivityState.LATE, today), in_state(ActivityState.PLANNED, today)
    is_near = late | soon & Q(planned_for__lte=today + AHEAD)
    for one in rows.filter(is_near, responsible=person):
        values = {"title": one.title, "day": in_words(one.planned_for)}
        if one.planned_for < today:
            text, url = _("“%(title)s” was to be held by %(day)s."), one.address("activity_hold")
            due = one.planned_for
            yield Todo(text % values, _("Say how it went"), url, urgent=True, due=due)
        else:
            text, url = _("“%(title)s” is to be held by %(day)s."), one.get_absolute_url()
            yield Todo(text % values, _("See"), url, due=one.planned_for)
    if person.is_coordinator:
        yield from _for_coordinators(kind, rows.exclude(responsible=person), today)


def _for_coordinators(kind: Kind, others: Any, today: date) -> Iterator[Todo]:
    home = reverse(kind.home)
    if number := others.in_state(ActivityState.LATE, today).count():
        text = ngettext(
            "%(number)d activity of somebody else's is late.",
            "%(number)d activities of others are late.",
            number,
        )
        yield Todo(text % {"number": number}, _("See them"), f"{home}?state=late")
    plans = kind.plan.model._default_manager.exclude(state="dropped")  # noqa: SLF001
    year = today.year + (today.month >= NEXT_YEAR)
    newest = plans.aggregate(year=Max("year"))["year"]
    if newest is not None and newest < year:
        text = _("Nobody has drafted what is planned for %(year)s.")
        yield Todo(text % {"year": year}, str(kind.new_plan), f"{home}#plans")


def activity_reminders(kind: Kind, today: date) -> Iterator[Reminder]:
    """Yield a line to an activity's responsible person a fortnight before, and when it is late."""
    rows = kind.model._default_manager.approved().select_related("responsible")  # noqa: SLF001
    for state in (ActivityState.PLANNED, ActivityState.LATE):
        for one in rows.in_state(state, today).filter(planned_for__lte=today + AHEAD):
            if not one.responsible.is_active:
                continue
            with translation.override(one.responsible.language):
                values = {"title": one.title, "day": in_words(one.planned_for)}
                late = _("“%(title)s” was to be held by %(day)s.")
                soon = _("“%(title)s” is to be held by %(day)s.")
                text = (late if state == ActivityState.LATE else soon) % values
                heading = _("What you answer for")
            key = f"{kind.slug}:{one.pk}:{state}:{one.planned_for}"
            yield Reminder(one.responsible, key, text, one.get_absolute_url(), heading)
