"""Tasks that wait for a person, their reminders, and where one goes on from a task."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.owed import Owed
from kommissorium.core.ui.todo import Press, Todo
from kommissorium.tasks.models import Delegation, Task

AHEAD: Final = 14  # days before a task is due: from then on it waits
MINUTES: Final = 30  # that a task is taken to need: nobody has said


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield the tasks that wait for the person, those due first first; one query."""
    asked = Delegation.objects.open().filter(task=OuterRef("pk"), to_person=person)
    found = Task.objects.open().annotate(asked_by=Subquery(asked.values("from_person__name")[:1]))
    near = Q(owner=person, due__lte=today + timedelta(days=AHEAD))
    tasks: Any = found.filter(near | Q(asked_by__isnull=False))
    for task in tasks.select_related("committee"):
        yield _handed_over(task) if task.asked_by else _own(task)


def owed(person: Person, today: date) -> Iterator[Owed[Person]]:
    """Yield the tasks that others are overdue with, of those the person may read; one query."""
    rows = Task.objects.visible_to(person).overdue(today).exclude(owner=person)
    for task in rows.select_related("owner"):
        thing = Owed(task.owner, task.title, task.get_absolute_url(), task.due, f"task:{task.pk}")
        yield thing._replace(is_closed=task.is_closed)


def _own(task: Task) -> Todo:
    url = reverse("task_completion", args=[task.pk])
    return Todo(
        task.title,
        _("Carried out"),
        task.get_absolute_url(),
        due=task.due,
        note=_("Task · %(committee)s") % {"committee": task.committee}
        if task.committee
        else _("Task"),
        press=Press(url, (("word", _("Carried out")),)),
        in_mail=_("A task from a closed item") if task.is_closed else "",
        minutes=MINUTES,
    )


def _handed_over(task: Any) -> Todo:
    text = _("%(name)s asks you to take over a task: %(task)s.")
    closed = {"name": task.asked_by, "task": _("A task from a closed item")}
    return Todo(
        text % {"name": task.asked_by, "task": task.title},
        _("Answer"),
        task.get_absolute_url(),
        due=task.due,
        in_mail=text % closed if task.is_closed else "",
    )


WEEK = 7  # days


def reminders(on: date) -> Iterator[Reminder]:
    """Yield, for each open task, the newest stage reached by the date, then unanswered requests.

    A day on which nobody asked is caught up with: the stage stays the newest until the next.
    """
    near = Task.objects.open().filter(due__lte=on + timedelta(days=WEEK))
    reachable = near.filter(owner__is_active=True, owner__email__isnull=False)
    for task in reachable.select_related("owner").order_by("due", "pk").iterator():
        yield _of_task(task, on)
    waiting = Delegation.objects.open().filter(
        to_person__is_active=True, to_person__email__isnull=False
    )
    people = waiting.select_related("task", "to_person", "from_person")
    for delegation in people.order_by("asked_at", "pk").iterator():
        if (on - timezone.localdate(delegation.asked_at)).days >= WEEK:
            yield _of_delegation(delegation, on)


def stage(due: date, on: date) -> int | None:
    """Return the newest stage reached: -7, 0, 7, 14 … days after it is due; None before all."""
    days = (on - due).days
    return None if days < -WEEK else days // WEEK * WEEK


def _of_task(task: Task, on: date) -> Reminder:
    # With the day in it, a task that is moved is told of again.
    key = f"task:{task.pk}:{task.due}:{stage(task.due, on)}"
    with translation.override(task.owner.language):
        heading, text = _task_in_words(task, (on - task.due).days)
    return Reminder(task.owner, key, text, task.get_absolute_url(), heading)


def _task_in_words(task: Task, days: int) -> tuple[str, str]:
    what = _("A task from a closed item") if task.is_closed else task.title
    values = {"task": what, "date": day(task.due), "number": days}
    if days < 0:
        return _("Due soon"), _("%(task)s: due on %(date)s") % values
    if days == 0:
        return _("Due today"), _("%(task)s: due today") % values
    text = ngettext(
        "%(task)s: was due on %(date)s, %(number)d day ago",
        "%(task)s: was due on %(date)s, %(number)d days ago",
        days,
    )
    return _("Overdue"), text % values


def _of_delegation(delegation: Delegation, on: date) -> Reminder:
    task, person = delegation.task, delegation.to_person
    weeks = stage(timezone.localdate(delegation.asked_at), on)
    with translation.override(person.language):
        what = _("A task from a closed item") if task.is_closed else task.title
        values = {"task": what, "by": delegation.from_person.name}
        text = _("%(task)s: %(by)s has asked you to take it over") % values
        heading = _("Waiting for your answer")
    return Reminder(
        person, f"delegation:{delegation.pk}:{weeks}", text, task.get_absolute_url(), heading
    )


# Who knows a page that the person may open: the room of that page puts itself here.
WAYS: Final[list[Callable[[Task, Person], Todo | None]]] = []


def way_on(task: Task, person: Person) -> Todo | None:
    """Return the page to go on to and a sentence of it; None where no room has one."""
    found = (way(task, person) for way in WAYS)
    return next((one for one in found if one), None)
