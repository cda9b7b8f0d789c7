"""Finish tasks, drop them and reopen them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import printable, shows
from kommissorium.core.ui.localised import day
from kommissorium.tasks.actions.delegations import withdraw_open
from kommissorium.tasks.models import WORD_LENGTH, Ending, Task


@transaction.atomic
def finish_task(task: Task, *, by: Person, word: str) -> None:
    """Say that a task is done, with a word of what was done.

    Raises Refused for no word and for a task that is finished already.
    """
    if not task.can_be_finished_by(by):
        raise PermissionDenied
    word = _said(word, "word", _("Say in a few words what was done."))
    now = timezone.now()
    row = Task.objects.open().filter(pk=task.pk)
    version = F("edit_version") + 1
    if not row.update(state=Task.State.DONE, done_at=now, done_word=word, edit_version=version):
        raise Refused(_finished_already(task))
    Ending.objects.create(task=task, state=Task.State.DONE, at=now, by=by, word=word)
    withdraw_open(task, by=by)
    record("tasks.task_done", task, by=by)
    task.refresh_from_db()


@transaction.atomic
def drop_task(task: Task, *, by: Person, because: str) -> None:
    """Say that a task will not be done, and why. Raises Refused as finish_task does."""
    if not task.can_be_changed_by(by):
        raise PermissionDenied
    because = _said(because, "because", _("Say why the task is dropped."))
    now = timezone.now()
    row = Task.objects.open().filter(pk=task.pk)
    version = F("edit_version") + 1
    if not row.update(
        state=Task.State.DROPPED, dropped_at=now, dropped_because=because, edit_version=version
    ):
        raise Refused(_finished_already(task))
    Ending.objects.create(task=task, state=Task.State.DROPPED, at=now, by=by, word=because)
    withdraw_open(task, by=by)
    record("tasks.task_dropped", task, by=by)
    task.refresh_from_db()


@transaction.atomic
def reopen_task(task: Task, *, by: Person, because: str) -> None:
    """Open a finished task again, with a reason. Raises Refused for one that is open."""
    if not task.can_be_changed_by(by):
        raise PermissionDenied
    because = _said(because, "because", _("Say why the task is opened again."))
    row = Task.objects.filter(pk=task.pk).exclude(state=Task.State.OPEN)
    opened = row.update(
        state=Task.State.OPEN,
        done_at=None,
        done_word="",
        dropped_at=None,
        dropped_because="",
        edit_version=F("edit_version") + 1,
    )
    if not opened:
        raise Refused(_("The task is open already."))
    lasting = Ending.objects.filter(task=task, undone_at=None)
    lasting.update(undone_at=timezone.now(), undone_because=because)
    record("tasks.task_reopened", task, by=by)
    task.refresh_from_db()


def _said(text: str, field: str, sentence: str) -> str:
    text = printable(text).strip()
    if not shows(text):
        raise Refused(**{field: sentence})
    if len(text) > WORD_LENGTH:
        raise Refused(**{field: _("Use at most 1000 characters.")})
    return text


def _finished_already(task: Task) -> str:
    found = Ending.objects.select_related("by").filter(task=task, undone_at=None).first()
    if found is None:
        return _("The task is finished already.")
    values = {"name": found.by.name, "date": day(found.at)}
    if found.state == Task.State.DONE:
        return _("%(name)s finished the task on %(date)s. Nothing of yours was saved.") % values
    return _("%(name)s dropped the task on %(date)s. Nothing of yours was saved.") % values
