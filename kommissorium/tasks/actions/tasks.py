"""Create tasks and change them.

The chain holds no titles: a task may be born of a closed item.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.actions.rows import update_row
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import reference
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line, printable, shows
from kommissorium.tasks.actions.delegations import withdraw_open
from kommissorium.tasks.models import TITLE_LENGTH, Task

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
) -> None:
    """Change an open task. A new owner ends an unanswered request to take it over.

    Raises Refused as give_task does and for a task that is finished, and Conflict.
    """
    if not task.can_be_changed_by(by):
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
        raise Refused(title=_("Say what is to be done."))
    if len(title) > TITLE_LENGTH:
        raise Refused(title=_("The title can be 200 characters long. Put the rest below it."))
    return title


def _owner(owner: Person | None, *, own: Task | None = None) -> Person:
    if owner is None:
        raise Refused(owner=_("Choose who is to do it."))
    # Whoever has left keeps what they had until somebody else gets it.
    kept = own is not None and own.owner_id == owner.pk
    if not owner.is_active and not kept:
        raise Refused(owner=_("%(name)s has left. Choose somebody else.") % {"name": owner.name})
    return owner


def _current(now: Task) -> dict[str, object]:
    if not now.is_open:
        raise Refused(_("The task is finished. Open it again to change it."))
    return {name: getattr(now, name) for name in (*FIELDS, "edit_version")}
