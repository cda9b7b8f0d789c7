"""Ask somebody to take over a task, and answer. On acceptance the owner changes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import printable, shows
from kommissorium.core.ui.localised import day
from kommissorium.tasks.models import WORD_LENGTH, Delegation, Task

Answer = Delegation.Answer


@transaction.atomic
def delegate_task(task: Task, *, by: Person, to: Person, note: str = "") -> Delegation:
    """Ask `to` to take the task over. A mail asks at once; until then the owner stays.

    Raises Refused for the owner themself, for whoever has left, for a finished task, and while
    somebody else has not answered.
    """
    if not task.can_be_delegated_by(by):
        raise PermissionDenied
    _refuse_impossible(task, to)
    delegation = Delegation.objects.create(
        task=task,
        from_person=by,
        to_person=to,
        asked_at=timezone.now(),
        note=printable(note).strip()[:WORD_LENGTH],
    )
    record("tasks.task_delegated", task, by=by, facts={"person": str(to.pseudonym)})
    _ask(delegation)
    return delegation


@transaction.atomic
def accept_delegation(delegation: Delegation, *, by: Person) -> None:
    """Take the task over. Raises Refused for a request that no longer stands."""
    if not delegation.can_be_answered_by(by):
        raise PermissionDenied
    _answer(delegation, Answer.ACCEPTED)
    row = Task.objects.open().filter(pk=delegation.task_id)
    if not row.update(owner=by, edit_version=F("edit_version") + 1):
        raise Refused(_("The task is finished already."))
    delegation.task.refresh_from_db()
    record("tasks.delegation_accepted", delegation.task, by=by)


@transaction.atomic
def decline_delegation(delegation: Delegation, *, by: Person, because: str) -> None:
    """Say no, and why. Raises Refused for no reason and for a request that no longer stands."""
    if not delegation.can_be_answered_by(by):
        raise PermissionDenied
    because = printable(because).strip()
    if not shows(because):
        raise Refused(because=_("Write why."))
    _answer(delegation, Answer.DECLINED, because[:WORD_LENGTH])
    record("tasks.delegation_declined", delegation.task, by=by)


@transaction.atomic
def withdraw_delegation(delegation: Delegation, *, by: Person) -> None:
    """Take a request back. Raises Refused for one that was answered."""
    if not delegation.can_be_withdrawn_by(by):
        raise PermissionDenied
    _answer(delegation, Answer.WITHDRAWN)
    _record_withdrawn(delegation, by)


def withdraw_open(task: Task, *, by: Person) -> None:
    """Take back what nobody has answered: the task is finished or has got a new owner."""
    for delegation in task.delegations.open().select_related("to_person"):
        _answer(delegation, Answer.WITHDRAWN)
        _record_withdrawn(delegation, by)


def _record_withdrawn(delegation: Delegation, by: Person) -> None:
    facts = {"person": str(delegation.to_person.pseudonym)}
    record("tasks.delegation_withdrawn", delegation.task, by=by, facts=facts)


def _answer(delegation: Delegation, answer: str, because: str = "") -> None:
    now = timezone.now()
    row = Delegation.objects.open().filter(pk=delegation.pk)
    if not row.update(answered_at=now, answer=answer, because=because):
        raise Refused(_("The request has been answered or taken back meanwhile."))
    delegation.refresh_from_db(fields=["answered_at", "answer", "because"])


def _refuse_impossible(task: Task, to: Person) -> None:
    if to.pk == task.owner_id:
        text = _("%(name)s has the task already. Choose somebody else.") % {"name": to.name}
        raise Refused(to=text)
    if not to.is_active:
        raise Refused(to=_("%(name)s has left. Choose somebody else.") % {"name": to.name})
    # The row is written first, so that of two who delegate at once the second waits here.
    if not Task.objects.open().filter(pk=task.pk).update(edit_version=F("edit_version") + 1):
        raise Refused(_("The task is finished already."))
    waiting = task.delegations.open().select_related("to_person").first()
    if waiting:
        text = _("%(name)s has been asked and has not answered. Take that back first.")
        raise Refused(text % {"name": waiting.to_person.name})


def _ask(delegation: Delegation) -> None:
    to, task = delegation.to_person, delegation.task
    if not (to.email and to.is_active):
        return
    with translation.override(to.language):
        what = _("a task of a closed item") if task.is_closed else f"“{task.title}”"
        values = {"by": delegation.from_person.name, "what": what}
        note = "" if task.is_closed else delegation.note
        letter = Letter(
            _("%(by)s asks you to take a task over") % values,
            Link(_("Answer yes or no"), task.get_absolute_url()),
            to.name,
            lines=[_("%(by)s asks you to take over %(what)s.") % values, note],
            facts=[(_("Due"), day(task.due))],
        )
    queue_mail(to=to.email, kind="tasks.delegated", key=str(delegation.pk), letter=letter)
