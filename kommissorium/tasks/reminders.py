"""Reminders of tasks: seven days before, on the day, weekly after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.mail.digest import Reminder
from kommissorium.core.ui.localised import day
from kommissorium.tasks.models import Delegation, Task

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
