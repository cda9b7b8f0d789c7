"""The handling of a case: its timeline, its handlers, its states, tasks and checklists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.actions.documents import GivenFile
from kommissorium.assets.models import Answer
from kommissorium.core.actions.rows import update_row
from kommissorium.core.cleaning import clean_reason, clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.lines import add_line, facts_of
from kommissorium.incidents.actions.notifications import sync_notifications
from kommissorium.incidents.checklists import checklist_of
from kommissorium.incidents.emails import queue_answer, queue_handler_added
from kommissorium.incidents.models import (
    WRITTEN,
    Awareness,
    EntryKind,
    Handler,
    Incident,
    IncidentSettings,
    Nature,
    Role,
    State,
    Step,
)
from kommissorium.tasks.actions.tasks import give_task


@transaction.atomic
def write_line(
    incident: Incident,
    *,
    by: Person,
    kind: str,
    text: str,
    at: datetime | None = None,
    file: GivenFile | None = None,
) -> None:
    """Add to the timeline. Raises Refused for an empty line, and for a future time."""
    _refuse_others(incident, by)
    if kind not in WRITTEN:
        raise Refused(kind=_("Choose from the list."))
    line = add_line(incident, EntryKind(kind), text, by=by, at=at, file=file)
    if line.kind == EntryKind.ANSWER:
        queue_answer(incident, line.pk)
    facts = facts_of(incident, kind=line.kind, file=line.file_id or "")
    record("incidents.line_added", incident, by=by, facts=facts)


@transaction.atomic
def add_handler(incident: Incident, *, by: Person, person: Person | None, role: str) -> Handler:
    """Give somebody a part in the handling: they read the case from then on."""
    _refuse_others(incident, by)
    if person is None or not person.is_active:
        raise Refused(person=_("Choose a person."))
    if role not in Role.values:
        raise Refused(role=_("Choose from the list."))
    if incident.handlers.current().filter(person=person).exists():
        raise Refused(person=_("%(name)s has a part in it already.") % {"name": person.name})
    made: Handler = incident.handlers.create(person=person, role=role, began_at=timezone.now())
    queue_handler_added(incident, person)
    facts = facts_of(incident, person=str(person.pseudonym), role=role)
    record("incidents.handler_added", incident, by=by, facts=facts)
    return made


@transaction.atomic
def end_handler(handler: Handler, *, by: Person) -> None:
    """End a handler's part in the case. Raises Refused if it has ended already."""
    _refuse_others(handler.incident, by)
    row = Handler.objects.current().filter(pk=handler.pk)
    if not row.update(ended_at=timezone.now()):
        raise Refused(_("Somebody else has already done this."))
    facts = facts_of(handler.incident, person=str(handler.person.pseudonym))
    record("incidents.handler_ended", handler.incident, by=by, facts=facts)


@transaction.atomic
def begin_handling(incident: Incident, *, by: Person) -> None:
    """Begin to handle a case that was triaged."""
    _refuse_others(incident, by)
    _move(incident, (State.TRIAGED,), State.HANDLING)
    add_line(incident, EntryKind.STATE, _("The handling began."), by=by)
    record("incidents.handling_began", incident, by=by, facts=facts_of(incident))


@transaction.atomic
def close_incident(
    incident: Incident, *, by: Person, effects: str, remedy: str, edit_version: int
) -> None:
    """Close a case. Raises Refused while a notification is open or a change waits; Conflict."""
    _refuse_others(incident, by)
    if incident.state not in (State.TRIAGED, State.HANDLING):
        raise Refused(_("Only what is triaged or handled can be closed."))
    _refuse_unsettled(incident)
    values = {
        "effects": clean_text(effects, "effects", wanted=_("Must be filled in.")),
        "remedy": clean_text(remedy, "remedy", wanted=_("Must be filled in.")),
    }
    stamp = {"state": State.CLOSED, "closed_at": timezone.now()}
    update_row(incident, values, edit_version=edit_version, stamp=stamp)
    add_line(incident, EntryKind.STATE, _("The case was closed."), by=by)
    deadlines = sync_notifications(incident)
    least = IncidentSettings.current().evaluated_from
    facts = facts_of(
        incident,
        late=sum(one.was_late for one in incident.notifications.all()),
        wants_evaluation=incident.is_incident and (incident.severity or 0) >= least,
        breach=incident.is_incident and incident.is_breach == Answer.YES,
        deadlines=deadlines,
    )
    record("incidents.closed", incident, by=by, facts=facts)


@transaction.atomic
def reopen_incident(incident: Incident, *, by: Person, because: str) -> None:
    """Open a closed case again, with a reason."""
    _refuse_others(incident, by)
    reason = clean_reason(because)
    now = State.HANDLING if incident.nature != Nature.NONE else State.REPORTED
    _move(incident, (State.CLOSED, State.EVALUATED), now, closed_at=None, evaluated_at=None)
    add_line(incident, EntryKind.STATE, _("Reopened: %(why)s") % {"why": reason}, by=by)
    facts = facts_of(incident, deadlines=sync_notifications(incident))
    record("incidents.reopened", incident, by=by, facts=facts)


@transaction.atomic
def give_incident_task(
    incident: Incident, *, by: Person, title: str, owner: Person | None, due: date
) -> None:
    """Give somebody a task of the case. Its title is read by its owner, so it names nobody."""
    _refuse_others(incident, by)
    link = incident.get_absolute_url()
    task = give_task(
        by=by, title=title, owner=owner, due=due, born=incident, born_link=link, is_closed=True
    )
    record("incidents.task_given", incident, by=by, facts=facts_of(incident, task=task.pk))


@transaction.atomic
def begin_checklist(incident: Incident, *, by: Person, code: str) -> None:
    """Take a checklist into use in a case. Raises Refused if it is there already."""
    _refuse_others(incident, by)
    found = checklist_of(code)
    if found is None:
        raise Refused(code=_("Choose from the list."))
    if incident.steps.filter(checklist=found.name).exists():
        raise Refused(code=_("That checklist is in use here already."))
    Step.objects.bulk_create(
        Step(incident=incident, checklist=found.name, text=text) for text in found.steps
    )
    record("incidents.checklist_begun", incident, by=by, facts=facts_of(incident, code=code))


@transaction.atomic
def finish_step(step: Step, *, by: Person) -> None:
    """Note that a step of a checklist is done."""
    _refuse_others(step.incident, by)
    row = Step.objects.filter(pk=step.pk, done_at=None)
    if not row.update(done_at=timezone.now(), done_by=by):
        raise Refused(_("Somebody else has already done this."))
    record("incidents.step_done", step.incident, by=by, facts=facts_of(step.incident, step=step.pk))


def _refuse_unsettled(incident: Incident) -> None:
    # A final report after a status follows the closing itself; what no law asks for may stay open.
    rows = [one for one in incident.notifications.all() if one.rule.law or one.needed == Answer.YES]
    open_ones = [one for one in rows if not one.is_settled and not one.status_sent_at]
    if open_ones:
        names = ", ".join(one.rule.label for one in open_ones)
        text = _("First send these, or say that they are not needed: %(names)s.")
        raise Refused(text % {"names": names})
    if Awareness.objects.filter(incident=incident, is_first=False, answered_at=None).exists():
        raise Refused(_("A change of when it was known waits for the data protection officer."))


def _move(incident: Incident, before: tuple[State, ...], now: State, **more: Any) -> None:
    rows = Incident.objects.filter(pk=incident.pk, state__in=before)
    version = incident.edit_version + 1
    if not rows.update(state=now, edit_version=version, **more):
        raise Refused(_("The case is in another state by now. Look at it again."))
    incident.refresh_from_db()


def _refuse_others(incident: Incident, by: Person) -> None:
    if not incident.can_be_handled_by(by):
        raise PermissionDenied
