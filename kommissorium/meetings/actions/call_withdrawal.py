"""Withdraw a call: what was called stays to be read, and the meeting is planned again as it stood."""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.automatic_items import fill_next_agenda
from kommissorium.meetings.actions.call_list import list_people
from kommissorium.meetings.actions.committee_lock import lock_for_meeting
from kommissorium.meetings.actions.invitation_mails import invite_planned, tell_call_withdrawn
from kommissorium.meetings.models import (
    Advice,
    AgendaItem,
    Attachment,
    ItemQuestion,
    Meeting,
    PrivateNote,
    RowChoice,
)

AS_IT_STOOD: Final = ("starts_at", "ends_at", "place", "link", "case_number", "kle_number")
ONCE: Final = ("number", "late_because", "created_at", "edit_version")  # what a copy begins without


@transaction.atomic
def withdraw_call(meeting: Meeting, *, by: Person, because: str) -> Meeting:
    """Withdraw the call of a meeting that has not begun, and return the meeting planned instead.

    The called one is cancelled under its number with its agenda as it was sent. The other has the
    same time and place, and copies of the items that were not withdrawn, with their files, advice
    and choices; questions and private notes go along. All who were called are told. Raises Refused
    without a reason, and when the meeting has begun or is over.
    """
    if not meeting.can_have_its_call_withdrawn_by(by):
        raise PermissionDenied
    if not because.strip():
        raise Refused(because=_("Write why."))
    lock_for_meeting(meeting, Meeting.State.CALLED)
    row = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.CALLED, opened_at=None)
    changed = row.update(
        state=Meeting.State.CANCELLED,
        cancelled_because=because.strip(),
        sequence=F("sequence") + 1,
        edit_version=F("edit_version") + 1,
    )
    if not changed:
        raise Refused(_("The meeting has moved on meanwhile. Load the page again."))
    meeting.refresh_from_db()
    again = Meeting.objects.create(
        committee=meeting.committee, **{name: getattr(meeting, name) for name in AS_IT_STOOD}
    )
    _copy_agenda(meeting, again)
    people = list_people(again) if meeting.committee.invites_when_planned else []
    facts = {"because": because.strip(), "again": again.pk}
    record("meetings.meeting_cancelled", meeting, by=by, facts=facts)
    planned = {name: getattr(again, name) for name in ("starts_at", "ends_at", "place", "link")}
    record("meetings.meeting_planned", again, by=by, facts=planned | {"instead_of": meeting.pk})
    tell_call_withdrawn(meeting)
    invite_planned(again, people)
    fill_next_agenda(meeting.committee, by=by)
    return again


def _copy_agenda(meeting: Meeting, again: Meeting) -> None:
    """Let the other meeting have the items that stand, with what belongs to them."""
    sources = list(meeting.items.standing())
    copies = [_copy(one, meeting=again) for one in sources]
    for place, copy in enumerate(copies, 1):
        copy.position = place
    AgendaItem.objects.bulk_create(copies)
    copy_of = {source.pk: copy for source, copy in zip(sources, copies, strict=True)}
    for model in (Attachment, Advice, RowChoice):
        rows: Any = model._default_manager  # noqa: SLF001 one act for three sorts of row
        found = rows.filter(item__in=sources).order_by("pk")
        rows.bulk_create(_copy(one, item=copy_of[one.item_id]) for one in found)
    for source in sources:
        ItemQuestion.objects.filter(item=source).update(item=copy_of[source.pk])
        PrivateNote.objects.filter(item=source).update(item=copy_of[source.pk])


def _copy[M: models.Model](source: M, **other: Any) -> M:
    """Return an unsaved copy of a row, not numbered and not late, with some values of its own."""
    fields = [one for one in source._meta.concrete_fields if not one.primary_key]  # noqa: SLF001
    kept = [one.attname for one in fields if one.name not in {*ONCE, *other}]
    return type(source)(**{name: getattr(source, name) for name in kept}, **other)
