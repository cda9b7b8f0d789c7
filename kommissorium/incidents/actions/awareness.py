"""The moment an incident became known: set once, changed only with the officer's word."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person, refuse_no_other
from kommissorium.core.cleaning import clean_text, past_moment
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.canonical import in_local_time
from kommissorium.core.refusals import Refused
from kommissorium.incidents.actions.lines import facts_of
from kommissorium.incidents.actions.notifications import sync_notifications
from kommissorium.incidents.models import Awareness, Incident


@transaction.atomic
def set_awareness(
    incident: Incident, law: str, *, by: Person, at: datetime, because: str
) -> Awareness:
    """Set for the first time since when it is known. Raises Refused if that was set already."""
    if not incident.can_be_handled_by(by):
        raise PermissionDenied
    if law not in incident.laws:
        raise Refused(_("That law does not ask for it: change the triage first."))
    if incident.awareness.filter(law=law, is_first=True).exists():
        raise Refused(_("It was set already. Ask for a change, with a reason."))
    made = _awareness(incident, law, by, at, because, is_first=True)
    deadlines = sync_notifications(incident)
    facts = facts_of(incident, law=law, at=in_local_time(made.at), deadlines=deadlines)
    record("incidents.awareness_set", incident, by=by, facts=facts)
    return made


@transaction.atomic
def ask_awareness_change(
    incident: Incident, law: str, *, by: Person, at: datetime, because: str
) -> Awareness:
    """Ask that another moment counts. It does when the data protection officer agrees."""
    if not incident.can_be_handled_by(by):
        raise PermissionDenied
    rows = incident.awareness.filter(law=law)
    if not rows.filter(is_first=True).exists():
        raise Refused(_("It was never set."))
    if rows.filter(is_first=False, answered_at=None).exists():
        raise Refused(_("A change waits for the data protection officer already."))
    made = _awareness(incident, law, by, at, because, is_first=False)
    facts = facts_of(incident, law=law, at=in_local_time(made.at))
    record("incidents.awareness_change_asked", incident, by=by, facts=facts)
    return made


@transaction.atomic
def answer_awareness_change(row: Awareness, *, by: Person, agreed: bool, word: str) -> None:
    """Agree or not that another moment counts. The deadlines follow; the first moment is kept."""
    incident = row.incident
    if not incident.can_be_advised_by(by) or row.set_by_id == by.pk:
        raise PermissionDenied
    refuse_no_other(row.set_by, by)
    text = clean_text(word, "word", wanted=_("Write why."))
    waiting = Awareness.objects.filter(pk=row.pk, is_first=False, answered_at=None)
    changes = {"is_agreed": agreed, "word": text, "answered_by": by}
    if not waiting.update(**changes, answered_at=timezone.now()):
        raise Refused(_("Somebody has answered this already."))
    deadlines = sync_notifications(incident)
    first = incident.awareness.get(law=row.law, is_first=True)
    facts = facts_of(
        incident,
        law=row.law,
        at=in_local_time(row.at),
        first=in_local_time(first.at),
        agreed=agreed,
        deadlines=deadlines,
    )
    record("incidents.awareness_change_answered", incident, by=by, facts=facts)


def _awareness(
    incident: Incident, law: str, by: Person, at: datetime, because: str, *, is_first: bool
) -> Awareness:
    made: Awareness = incident.awareness.create(
        law=law,
        at=past_moment(at, "at"),
        because=clean_text(because, "because", wanted=_("Must be filled in.")),
        is_first=is_first,
        set_by=by,
        set_at=timezone.now(),
    )
    return made
