"""Ask somebody to do an occurrence, accept, decline and hand back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.cleaning import clean_reason
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import printable
from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.actions.evidence import ended_already
from kommissorium.yearwheel.models import Delegation, Occurrence
from kommissorium.yearwheel.models.duties import WORD_LENGTH
from kommissorium.yearwheel.responsible import responsible_now

Ending = Delegation.Ending


@transaction.atomic
def delegate(occurrence: Occurrence, *, by: Person, to: Person, note: str = "") -> Delegation:
    """Ask `to` to do it; a mail asks at once. Who is responsible stays so.

    Raises Refused if `to` is responsible already or has left, for what is no longer open,
    and while it is with somebody else.
    """
    if not occurrence.can_be_arranged_by(by):
        raise PermissionDenied
    _refuse_impossible(occurrence, to)
    delegation = Delegation.objects.create(
        occurrence=occurrence,
        from_person=by,
        to_person=to,
        note=printable(note).strip()[:WORD_LENGTH],
        asked_at=timezone.now(),
    )
    facts = {"person": str(to.pseudonym)}
    record("yearwheel.occurrence_delegated", occurrence, by=by, facts=facts)
    _ask(delegation)
    return delegation


@transaction.atomic
def accept_delegation(delegation: Delegation, *, by: Person) -> None:
    """Say yes. Raises Refused for a request that no longer stands."""
    if not delegation.can_be_answered_by(by):
        raise PermissionDenied
    _hold(delegation.occurrence)
    asked = Delegation.objects.unanswered().filter(pk=delegation.pk)
    if not asked.update(accepted_at=timezone.now()):
        raise Refused(_("The request has been answered or taken back meanwhile."))
    Occurrence.objects.filter(pk=delegation.occurrence_id).update(delegate=by)
    record("yearwheel.delegation_accepted", delegation.occurrence, by=by)
    delegation.refresh_from_db()


@transaction.atomic
def hand_back(delegation: Delegation, *, by: Person, because: str) -> None:
    """Say no, or give back what was accepted, with a reason. Raises Refused."""
    if not delegation.can_be_answered_by(by):
        raise PermissionDenied
    because = clean_reason(because)
    _end(delegation, Ending.HANDED_BACK, because)
    record("yearwheel.delegation_handed_back", delegation.occurrence, by=by)


@transaction.atomic
def take_back(delegation: Delegation, *, by: Person) -> None:
    """Take it back from whoever was asked, or who had said yes. Raises Refused."""
    if not delegation.can_be_taken_back_by(by):
        raise PermissionDenied
    _end(delegation, Ending.TAKEN_BACK)
    facts = {"person": str(delegation.to_person.pseudonym)}
    record("yearwheel.delegation_taken_back", delegation.occurrence, by=by, facts=facts)


def _end(delegation: Delegation, ending: str, because: str = "") -> None:
    _hold(delegation.occurrence)
    live = Delegation.objects.live().filter(pk=delegation.pk)
    if not live.update(ended_at=timezone.now(), ending=ending, because=because):
        raise Refused(_("The request has been answered or taken back meanwhile."))
    Occurrence.objects.filter(pk=delegation.occurrence_id).update(delegate=None)
    delegation.refresh_from_db()


def _hold(occurrence: Occurrence) -> None:
    row = Occurrence.objects.open().filter(pk=occurrence.pk)
    if not row.update(edit_version=F("edit_version") + 1):
        raise Refused(ended_already(occurrence))


def _refuse_impossible(occurrence: Occurrence, to: Person) -> None:
    if not to.is_active:
        raise Refused(to=_("%(name)s has left. Choose somebody else.") % {"name": to.name})
    if responsible_now(occurrence.duty) == to:
        text = _("%(name)s is responsible already. Choose somebody else.")
        raise Refused(to=text % {"name": to.name})
    _hold(occurrence)
    live = occurrence.delegations.live().select_related("to_person").first()
    if live:
        text = _("It is with %(name)s. Take it back first.")
        raise Refused(text % {"name": live.to_person.name})


def _ask(delegation: Delegation) -> None:
    to, occurrence = delegation.to_person, delegation.occurrence
    if not (to.email and to.is_active):
        return
    with translation.override(to.language):
        values = {"by": delegation.from_person.name, "what": occurrence.title}
        letter = Letter(
            _("%(by)s asks you to do a duty of the year wheel") % values,
            Link(_("Answer yes or no"), occurrence.get_absolute_url()),
            to.name,
            lines=[_("%(by)s asks you to do “%(what)s”.") % values, delegation.note],
            facts=[(_("Due"), day(occurrence.due))],
        )
    queue_mail(to=to.email, kind="yearwheel.delegated", key=str(delegation.pk), letter=letter)
