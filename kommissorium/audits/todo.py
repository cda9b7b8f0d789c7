"""To-do items of audits: for owners of findings, auditors, and presenters of the evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.audits.actions.auditor_changes import change_in_words
from kommissorium.audits.agenda import unevaluated
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import Audit, AuditFinding, AuditorChange, FindingState
from kommissorium.audits.models.audits import opened_to
from kommissorium.core.evidence.models import reference
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.activity_register import activity_todos
from kommissorium.tasks.models import Task


def todos_of(person: Person, day: date) -> Iterator[Todo]:
    """Yield findings to answer or judge, audits to hold, and evaluations to bring."""
    yield from _to_answer(person)
    yield from _to_judge(person)
    yield from _to_second(person)
    yield from activity_todos(KIND, person, day)
    if person.is_coordinator:
        yield from _to_bring(day)


def way_on_from(task: Task, person: Person) -> Todo | None:
    """Return the page of the finding that a task was given for; None for another task."""
    if task.born_kind != reference(Audit())[0]:
        return None
    found = AuditFinding.objects.visible_to(person).filter(task=task).first()
    if found is None:
        return None
    text = _(
        "The task was given for a finding: that is where it is answered, and shown to be right."
    )
    return Todo(text, _("Go to the finding"), found.get_absolute_url())


def _to_answer(person: Person) -> Iterator[Todo]:
    rows = AuditFinding.objects.filter(task__owner=person, activity__called_off_at=None)
    for one in rows.dressed():
        values = {"text": _short(one.text)}
        if one.state == FindingState.OPEN:
            text = _("An audit found: “%(text)s”. Say why it is so, and what is done.") % values
            yield Todo(text, _("Answer the finding"), one.get_absolute_url(), due=one.task.due)
        elif one.state == FindingState.RETURNED:
            text = _("The auditor wants more evidence: “%(text)s”.") % values
            yield Todo(text, _("See why"), one.get_absolute_url(), due=one.task.due)
        elif one.state == FindingState.ANSWERED and not one.task.is_open:
            text = _("It is done: “%(text)s”. Say what shows it.") % values
            yield Todo(text, _("Ask the auditor"), one.get_absolute_url(), due=one.task.due)


def _to_judge(person: Person) -> Iterator[Todo]:
    """Yield the auditor's items: the audit that is open to them, and closures to judge."""
    mine = Audit.objects.approved().filter(auditor=person, called_off_at=None)
    for audit in mine.filter(opened_to(person), held_on=None):
        text = _("You audit “%(title)s”.") % {"title": audit.title}
        yield Todo(text, _("See the material"), audit.material_url(), due=audit.last_day)
    audits = mine if person.is_auditor else mine.filter(opened_to(person))
    rows = AuditFinding.objects.filter(activity__in=audits.order_by().values("pk"))
    waiting = rows.exclude(task__owner=person).filter(closures__verdict="asked")
    for one in waiting.order_by("pk"):
        text = _("It is said to be put right: “%(text)s”.") % {"text": _short(one.text)}
        yield Todo(text, _("See the evidence"), one.get_absolute_url())


def _to_second(person: Person) -> Iterator[Todo]:
    """Yield other auditors of audits that were held, who wait for this person's yes."""
    along = ("audit__plan__committee", "person", "by", "before")
    for one in AuditorChange.objects.filter(answered_at=None).select_related(*along):
        if one.can_be_accepted_by(person):
            text = change_in_words(one)
            yield Todo(text, _("Say yes or no"), one.get_absolute_url(), urgent=True)


def _to_bring(today: date) -> Iterator[Todo]:
    """Yield audits to evaluate, and those whose auditor can no longer accept closures."""
    waiting = Audit.objects.approved().exclude(evaluations__state__in=["draft"])
    for audit in unevaluated(waiting):
        text = _("“%(title)s” is to be evaluated by the committee.") % {"title": audit.title}
        yield Todo(text, _("Evaluate it"), f"{audit.get_absolute_url()}#work")
    asked = Audit.objects.approved().filter(findings__closures__verdict="asked")
    over = asked.filter(last_day__lt=today).exclude(
        auditor__in=Person.objects.with_role("auditor", today)
    )
    for audit in over.distinct():
        text = _("Closures wait in “%(title)s”, and the auditor's days are over.")
        yield Todo(text % {"title": audit.title}, _("Give other days"), audit.get_absolute_url())


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"  # noqa: PLR2004 what a line holds
