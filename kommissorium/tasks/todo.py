"""To-do items of tasks: those due soon or overdue, and those somebody hands over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.ui.todo import Press, Todo
from kommissorium.tasks.models import Delegation, Task

AHEAD: Final = 14  # days before a task is due: from then on it waits


def todos_of(person: Person, today: date) -> Iterator[Todo]:
    """Yield the tasks that wait for the person, those due first first; one query."""
    asked = Delegation.objects.open().filter(task=OuterRef("pk"), to_person=person)
    found = Task.objects.open().annotate(asked_by=Subquery(asked.values("from_person__name")[:1]))
    near = Q(owner=person, due__lte=today + timedelta(days=AHEAD))
    tasks: Any = found.filter(near | Q(asked_by__isnull=False))
    for task in tasks.select_related("committee"):
        yield _handed_over(task) if task.asked_by else _own(task)


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
