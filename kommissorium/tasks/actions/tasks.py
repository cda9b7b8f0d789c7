"""Create tasks and change them; finish them, drop them and reopen them.

The chain holds no titles: a task may be born of a closed item.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_reason
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import reference
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line, printable, shows
from kommissorium.core.ui.localised import day
from kommissorium.tasks.actions.delegations import withdraw_open
from kommissorium.tasks.models import TITLE_LENGTH, Ending, Task

FIELDS = ("title", "description", "owner", "due")


@transaction.atomic
def give_task(
    *,
    by: Person,
    title: str,
    owner: Person | None,
    due: date,
    committee: Committee | None = None,
    description: str = "",
    born: models.Model | None = None,
    born_link: str = "",
    is_closed: bool = False,
    of_room: bool = False,
) -> Task:
    """Give somebody a task. `born` gave birth to it, `born_link` is the path of its page.

    One `of_room` nobody gives: a room has checked who may, and its committee keeps it.

    Raises Refused for no title, no owner, an owner who has left and a day that is over.
    """
    if not (of_room or Task.can_be_given_by(by, committee, owner)):
        raise PermissionDenied
    today = timezone.localdate()
    if due < today:
        raise Refused(due=_("That day is over. Choose today or a later day."))
    kind, key = reference(born) if born is not None else ("", "")
    task = Task.objects.create(
        title=_title(title),
        description=printable(description).strip(),
        committee=committee,
        owner=_owner(owner),
        given_by=None if of_room else by,
        due=due,
        is_closed=is_closed,
        born_kind=kind,
        born_id=key,
        born_link=born_link,
        created_at=timezone.now(),
    )
    facts = {"person": str(task.owner.pseudonym), "due": due, "is_closed": is_closed}
    record("tasks.task_given", task, by=by, facts={**facts, "born": f"{kind} {key}".strip()})
    return task


@transaction.atomic
def change_task(
    task: Task,
    *,
    by: Person,
    title: str,
    description: str,
    owner: Person | None,
    due: date,
    edit_version: int,
    of_room: bool = False,
) -> None:
    """Change an open task. A new owner ends an unanswered request to take it over.

    One `of_room` is changed by a room that has checked who may, as give_task gives it.

    Raises Refused as give_task does and for a task that is finished, and Conflict.
    """
    if not (of_room or task.can_be_changed_by(by)):
        raise PermissionDenied
    found = _owner(owner, own=task)
    if due < timezone.localdate() and due != task.due:
        raise Refused(due=_("That day is over. Choose today or a later day."))
    values = {
        "title": _title(title),
        "description": printable(description).strip(),
        "owner": found,
        "due": due,
    }
    changed = update_row(
        task, values, edit_version=edit_version, among=Task.objects.open(), current=_current
    )
    if "owner" in changed:
        withdraw_open(task, by=by)
    facts = {"person": str(found.pseudonym), "due": due}
    record("tasks.task_changed", task, by=by, facts=facts)


def _title(title: str) -> str:
    title = one_line(title)
    if not shows(title):
        raise Refused(title=_("Must be filled in."))
    if len(title) > TITLE_LENGTH:
        raise Refused(title=_("The title can be 200 characters long. Put the rest below it."))
    return title


def _owner(owner: Person | None, *, own: Task | None = None) -> Person:
    if owner is None:
        raise Refused(owner=_("Choose a person."))
    # Whoever has left keeps what they had until somebody else gets it.
    kept = own is not None and own.owner_id == owner.pk
    if not owner.is_active and not kept:
        raise Refused(owner=_("%(name)s has left. Choose somebody else.") % {"name": owner.name})
    return owner


def _current(now: Task) -> dict[str, object]:
    if not now.is_open:
        raise Refused(_("The task is finished. Open it again to change it."))
    return {name: getattr(now, name) for name in (*FIELDS, "edit_version")}


@transaction.atomic
def finish_task(task: Task, *, by: Person, word: str) -> None:
    """Say that a task is done, with a word of what was done.

    Raises Refused for no word and for a task that is finished already.
    """
    if not task.can_be_finished_by(by):
        raise PermissionDenied
    word = clean_reason(word, _("Must be filled in."), "word")
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
def drop_task(task: Task, *, by: Person, because: str, of_room: bool = False) -> None:
    """Say that a task will not be done, and why; `of_room` as change_task does.

    Raises Refused as finish_task does.
    """
    if not (of_room or task.can_be_changed_by(by)):
        raise PermissionDenied
    because = clean_reason(because)
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
    because = clean_reason(because)
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


def _finished_already(task: Task) -> str:
    found = Ending.objects.select_related("by").filter(task=task, undone_at=None).first()
    if found is None:
        return _("The task is finished already.")
    values = {"name": found.by.name, "date": day(found.at)}
    if found.state == Task.State.DONE:
        return _("%(name)s finished the task on %(date)s. Nothing of yours was saved.") % values
    return _("%(name)s dropped the task on %(date)s. Nothing of yours was saved.") % values
