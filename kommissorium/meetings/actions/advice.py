"""Write down the advice of a committee's advisers, and whether it was followed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.actions.rows import refuse_gone, update_row
from kommissorium.core.cleaning import clean_text
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_for_item, lock_for_meeting
from kommissorium.meetings.models import Advice, AgendaItem, Meeting

LONGEST_REASON = 2000
ADVISED = (Meeting.State.PLANNED, Meeting.State.CALLED)  # the adviser speaks for themself


@transaction.atomic
def give_advice(item: AgendaItem, *, by: Person, text: str) -> Advice:
    """Advise the committee on an item; the adviser has no vote.

    Raises Refused for no text and for whoever has advised on the item already.
    """
    if not item.can_be_advised_on_by(by):
        raise PermissionDenied
    lock_for_item(item, *ADVISED)
    return _advise(item, by, text)


@transaction.atomic
def note_advice(item: AgendaItem, *, by: Person, person: Person, text: str) -> Advice:
    """Write down what an adviser of the committee said at the meeting. Raises Refused as above."""
    if not item.meeting.can_be_recorded_by(by) or item.is_withdrawn:
        raise PermissionDenied
    if not item.meeting.committee.is_advised_by(person):
        raise Refused(person=_("Choose from the list."))
    lock_for_item(item, *Meeting.RECORDED)
    return _advise(item, person, text, noted_by=by)


@transaction.atomic
def change_advice(advice: Advice, *, by: Person, text: str, edit_version: int) -> None:
    """Put advice otherwise, until the item is decided. Raises Refused and Conflict."""
    if not advice.can_be_changed_by(by):
        raise PermissionDenied
    lock_for_item(advice.item, *ADVISED)
    update_row(advice, {"text": _text(text)}, edit_version=edit_version)
    facts = _facts(advice, by)
    record("meetings.advice_changed", advice.item.meeting, by=by, facts=facts)


@transaction.atomic
def withdraw_advice(advice: Advice, *, by: Person) -> None:
    """Take advice back: the adviser until the item is decided, the secretary what they noted."""
    if not advice.can_be_withdrawn_by(by):
        raise PermissionDenied
    lock_for_meeting(advice.item.meeting, *ADVISED, *Meeting.RECORDED)
    refuse_gone(advice)
    facts = _facts(advice, by)
    Advice.objects.filter(pk=advice.pk).delete()
    record("meetings.advice_withdrawn", advice.item.meeting, by=by, facts=facts)


@transaction.atomic
def answer_advice(advice: Advice, *, by: Person, followed: bool | None, because: str = "") -> None:
    """Write down whether the committee followed the advice, None for not yet.

    Raises Refused without a reason when it did not.
    """
    if not advice.item.meeting.can_be_recorded_by(by):
        raise PermissionDenied
    wanted = _("Write why.") if followed is False else ""
    because = clean_text(because, "because", LONGEST_REASON, wanted=wanted)
    lock_for_meeting(advice.item.meeting, *Meeting.RECORDED)
    kept = because if followed is False else ""
    Advice.objects.filter(pk=advice.pk).update(followed=followed, because=kept)
    told = {"followed": "" if followed is None else followed, **_facts(advice, by)}
    record("meetings.advice_answered", advice.item.meeting, by=by, facts=told)
    advice.refresh_from_db()


def _advise(item: AgendaItem, person: Person, text: str, noted_by: Person | None = None) -> Advice:
    text = _text(text)
    values = {"text": text, "given_at": timezone.now(), "noted_by": noted_by}
    advice, is_new = Advice.objects.get_or_create(item=item, person=person, defaults=values)
    if not is_new:
        taken = _("%(name)s has advised on the item already. Change that advice instead.")
        raise Refused(text=taken % {"name": person.name})
    by = noted_by or person
    if noted_by:
        record("meetings.advice_noted", item.meeting, by=by, facts=_facts(advice, by))
    else:
        record("meetings.advice_given", item.meeting, by=by, facts=_facts(advice, by))
    return advice


def _text(text: str) -> str:
    return clean_text(text, "text", wanted=_("Must be filled in."))


def _facts(advice: Advice, by: Person) -> dict[str, Any]:
    item = advice.item
    capacity = item.meeting.committee.capacity_of(by)
    return {"item": item.pk, "person": str(advice.person.pseudonym), "capacity": capacity}
