"""Draft the evaluation of an incident, and note that a committee has approved it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.lines import add_line, facts_of
from kommissorium.incidents.models import EntryKind, Evaluation, Incident, State
from kommissorium.meetings.models import Decision


@transaction.atomic
def draft_evaluation(incident: Incident, *, by: Person) -> Evaluation:
    """Begin an evaluation. Raises Refused where one is on its way already."""
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
def mark_evaluated(incident: Incident, decision: Decision, *, by: Person) -> None:
    """Note that the committee has evaluated a closed case."""
    row = Incident.objects.filter(pk=incident.pk, state=State.CLOSED)
    if row.update(state=State.EVALUATED, evaluated_at=timezone.now()):
        add_line(incident, EntryKind.STATE, _("The committee evaluated it."), by=None)
    facts = facts_of(incident, committee=decision.committee_id, decision=decision.number)
    record("incidents.evaluated", incident, by=by, facts=facts)
