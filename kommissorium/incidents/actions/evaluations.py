"""Draft the evaluation of an incident, add its consequences, and carry them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.lines import add_line, facts_of
from kommissorium.incidents.models import EntryKind, Evaluation, Incident, Lesson, State
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.registers.offered import weigh_again
from kommissorium.tasks.actions.tasks import give_task
from kommissorium.tasks.models import Task


@transaction.atomic
def draft_evaluation(incident: Incident, *, by: Person) -> Evaluation:
    """Begin an evaluation. Raises Refused if one is on its way already."""
    if not Evaluation.can_be_drafted_by(by) or not incident.is_seen_by(by):
        raise PermissionDenied
    if not incident.may_be_evaluated:
        raise Refused(_("Only a closed case is evaluated, and once at a time."))
    made: Evaluation = incident.evaluations.create(
        summary=incident.title, made_by=by, made_at=timezone.now()
    )
    # As the kit records a draft (registers.actions.standard_proposals).
    record("incidents.evaluation_drafted", incident, by=by, facts=facts_of(incident))
    return made


@transaction.atomic
def add_lesson(evaluation: Evaluation, *, by: Person, values: Mapping[str, Any]) -> Lesson:
    """Add a consequence to a draft, for when the committee approves it. Raises Refused."""
    _refuse_others(evaluation, by)
    found = clean_fields(Lesson, values)
    if found["due"] < timezone.localdate():
        raise Refused(due=_("That day is over. Choose today or a later day."))
    is_foreseen = found["kind"] == Lesson.Kind.RISK and evaluation.scenario_key
    if found["owner"] is None and not is_foreseen:
        raise Refused(owner=_("Choose a person."))
    made: Lesson = evaluation.lessons.create(**found)
    facts = facts_of(evaluation.incident, kind=made.kind, lesson=made.pk)
    record("incidents.lesson_added", evaluation, by=by, facts=facts)
    return made


@transaction.atomic
def remove_lesson(lesson: Lesson, *, by: Person) -> None:
    """Remove a consequence from a draft."""
    _refuse_others(lesson.evaluation, by)
    facts = facts_of(lesson.evaluation.incident, kind=lesson.kind, lesson=lesson.pk)
    lesson.delete()
    record("incidents.lesson_removed", lesson.evaluation, by=by, facts=facts)


@transaction.atomic
def mark_evaluated(evaluation: Evaluation, decision: Decision, *, by: Person) -> None:
    """Note that the committee has evaluated a closed case, and give the resulting tasks."""
    incident = evaluation.incident
    row = Incident.objects.filter(pk=incident.pk, state=State.CLOSED)
    if row.update(state=State.EVALUATED, evaluated_at=timezone.now()):
        add_line(incident, EntryKind.STATE, _("The committee evaluated it."), by=None)
    for lesson in evaluation.lessons.select_related("owner"):
        task = _task_of(lesson, evaluation, decision, by)
        Lesson.objects.filter(pk=lesson.pk).update(task=task)
    facts = facts_of(incident, committee=decision.committee_id, decision=decision.number)
    record("incidents.evaluated", incident, by=by, facts=facts)


def _task_of(lesson: Lesson, evaluation: Evaluation, decision: Decision, by: Person) -> Task:
    """Give the task; its title is hidden where the item was closed or the case is for few.

    A day that is over by now is today, and somebody who has left is replaced by the proposer.
    """
    incident, item = evaluation.incident, decision.item
    given: dict[str, Any] = {
        "by": by,
        "committee": decision.committee,
        "due": max(lesson.due, timezone.localdate()),
        "is_closed": incident.is_restricted or bool(item and item.is_closed),
    }
    key = evaluation.scenario_key if lesson.kind == Lesson.Kind.RISK else ""
    if key and (found := weigh_again(key, lesson.title, **given)):
        return found
    asked = (lesson.owner, evaluation.proposed_by)
    owner = next((one for one in asked if one and one.is_active), by)
    link = evaluation.get_absolute_url()
    return give_task(title=lesson.title, owner=owner, born=evaluation, born_link=link, **given)


def _refuse_others(evaluation: Evaluation, by: Person) -> None:
    if not evaluation.can_be_drafted_by(by):
        raise PermissionDenied
    hold_draft(evaluation)
