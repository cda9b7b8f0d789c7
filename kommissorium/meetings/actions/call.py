"""Call a meeting; after that, late items, late attachments and withdrawals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.files.actions import store_file
from kommissorium.core.files.file_types import clean_name
from kommissorium.core.refusals import Refused
from kommissorium.meetings import pack as editions
from kommissorium.meetings.actions.agenda import (
    MOST_ATTACHMENTS,
    MOST_ITEMS,
    NOTHING,
    Subject,
    about,
    refuse_no_ground,
)
from kommissorium.meetings.actions.automatic_items import telling_of
from kommissorium.meetings.actions.call_list import list_people
from kommissorium.meetings.actions.committee_lock import lock_for_meeting, next_meeting_number
from kommissorium.meetings.actions.invitation_mails import invite_all, tell_late_item
from kommissorium.meetings.models import AgendaItem, Attachment, Call, Decision, Meeting
from kommissorium.meetings.pack_builder import Typeset, at_once, pack_of
from kommissorium.meetings.presentation_skeleton import without_empty_headings
from kommissorium.meetings.year_plan import is_working_day

CALL = "meetings.call"  # the kind of record


@transaction.atomic
def call_meeting(
    meeting: Meeting,
    *,
    by: Person,
    late_because: str = "",
    facts: Mapping[int, Mapping[str, Any]] | None = None,
    typeset: Typeset = at_once,
) -> Call:
    """Number the meeting and its items, freeze the agenda as a record, and invite.

    `facts` are what the registers say, by the key of the item they were composed for; `typeset`
    is what sets the agenda (pack_builder). Raises Refused without items, place or people to call,
    when it was called already, and after the last day of the call without a reason.
    """
    if not meeting.can_be_called_by(by):
        raise PermissionDenied
    lock_for_meeting(meeting, Meeting.State.PLANNED)
    meeting.refresh_from_db(fields=["starts_at", "ends_at", "place", "link"])  # moved meanwhile
    _refuse_uncallable(meeting, late_because)
    year = timezone.localdate(meeting.starts_at).year
    number = next_meeting_number(meeting.committee, year)
    _number_items(meeting, facts or {})
    planned = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.PLANNED)
    called = {"state": Meeting.State.CALLED, "year": year, "number": number}
    planned.update(**called, edit_version=F("edit_version") + 1)
    meeting.refresh_from_db()
    attendances = list_people(meeting)
    pack, pdf = typeset(pack_of(meeting))
    frozen = freeze(CALL, meeting, by=by, content=editions.pack_json(pack), pdf=pdf)
    call = Call.objects.create(
        meeting=meeting,
        at=timezone.now(),
        by=by,
        late_because=late_because.strip(),
        record=frozen,
    )
    told = {
        "number": meeting.label,
        "people": len(attendances),
        "late_because": call.late_because,
        "capacity": meeting.committee.capacity_of(by),
    }
    record("meetings.meeting_called", meeting, by=by, facts=told)
    invite_all(meeting, attendances)
    return call


def last_day_of_call(meeting: Meeting) -> date:
    """Return the last day to call: so many working days before the meeting.

    The day itself counts when it is a working day, the day of the meeting does not.
    """
    day = timezone.localdate(meeting.starts_at)
    left = meeting.committee.call_days
    while left:
        day -= timedelta(days=1)
        left -= is_working_day(day)
    return day


@transaction.atomic
def add_late_item(
    meeting: Meeting,
    *,
    by: Person,
    late_because: str,
    title: str,
    type: str,  # noqa: A002 the field's own name
    recommendation: str = "",
    presentation: str = "",
    is_closed: bool = False,
    closed_ground: str = "",
    subject: Subject = NOTHING,
    facts: Mapping[str, Any] | None = None,
) -> AgendaItem:
    """Add an item after the call, numbered on and marked late with its reason.

    `subject` is as in add_item, `facts` are what the registers say of it. Raises Refused without a reason, for a closed item without a ground and for over 100 items.
    """
    if not meeting.can_be_added_to_by(by):
        raise PermissionDenied
    refuse_no_ground(is_closed=is_closed, ground=closed_ground)
    _refuse_no_reason(late_because)
    lock_for_meeting(meeting, Meeting.State.CALLED)
    if meeting.items.count() >= MOST_ITEMS:
        raise Refused(_("An agenda can hold 100 items. Plan another meeting for the rest."))
    item = AgendaItem(
        meeting=meeting,
        title=title,
        type=type,
        recommendation=recommendation,
        presentation=without_empty_headings(presentation),
        is_closed=is_closed,
        closed_ground=closed_ground if is_closed else "",
        late_because=late_because.strip(),
        facts=dict(facts or {}),
        **about(subject),
    )
    return _put_last(item, by=by)


@transaction.atomic
def tell_called_meeting(decision: Decision, *, by: Person) -> None:
    """Tell the next meeting of what the chair decided, where it is called already: as a late item.

    Part of the act that decides. A planned meeting is told by what fills its agenda, and an agenda
    that is full leaves it to the one after.
    """
    meeting = decision.committee.meetings.coming().first()
    if meeting is None or meeting.state != Meeting.State.CALLED or meeting.opened_at:
        return
    lock_for_meeting(meeting, Meeting.State.CALLED)
    if meeting.items.count() < MOST_ITEMS:
        item = telling_of(decision, meeting)
        item.late_because = _("It was decided after the call.")
        _put_last(item, by=by)


def _put_last(item: AgendaItem, *, by: Person) -> AgendaItem:
    """Number a late item on, and tell those who were called of it."""
    meeting = item.meeting
    last = meeting.items.aggregate(number=Max("number"), position=Max("position"))
    item.number, item.position = (last["number"] or 0) + 1, (last["position"] or 0) + 1
    item.save(force_insert=True)
    told = {"item": item.pk, "number": item.label, "is_closed": item.is_closed}
    record("meetings.late_item_added", meeting, by=by, facts=told)
    tell_late_item(item, by=by)
    return item


@transaction.atomic
def attach_late(
    item: AgendaItem, *, by: Person, name: str, data: bytes, late_because: str
) -> Attachment:
    """Attach a file after the call, marked late. Raises FileRefused and Refused as attach."""
    if not item.meeting.can_be_added_to_by(by):
        raise PermissionDenied
    _refuse_no_reason(late_because)
    lock_for_meeting(item.meeting, Meeting.State.CALLED)
    if item.attachments.count() >= MOST_ATTACHMENTS:
        raise Refused(attachments=_("An item can hold 30 attachments. Remove one first."))
    stored = store_file(data, name)
    last = item.attachments.aggregate(last=Max("position"))["last"] or 0
    attachment = Attachment.objects.create(
        item=item,
        file=stored,
        name=clean_name(name),
        position=last + 1,
        late_because=late_because.strip(),
    )
    told = {"item": item.pk, "attachment": attachment.pk, "sha256": stored.pk}
    record("meetings.late_file_attached", item.meeting, by=by, facts=told)
    return attachment


@transaction.atomic
def withdraw_item(item: AgendaItem, *, by: Person, because: str) -> None:
    """Take an item off a called agenda; number, text and reason stay to be read."""
    if not item.meeting.can_be_added_to_by(by):
        raise PermissionDenied
    if not because.strip():
        raise Refused(because=_("Write why."))
    lock_for_meeting(item.meeting, Meeting.State.CALLED)
    row = AgendaItem.objects.filter(pk=item.pk, withdrawn_because="")
    if not row.update(withdrawn_because=because.strip(), edit_version=item.edit_version + 1):
        raise Refused(_("It has been done already."))
    record("meetings.item_withdrawn", item.meeting, by=by, facts={"item": item.pk})
    item.refresh_from_db()


def obstacle_to_call(meeting: Meeting, *, has_items: bool, has_people: bool) -> str:
    """Return why the meeting cannot be called, as a sentence; "" when nothing speaks."""
    if not meeting.has_place:
        return _("The meeting has no place and no video link. Add one before you call it.")
    if not has_items:
        return _("The agenda is empty. Add an item before you call the meeting.")
    if not has_people:
        return _("Nobody sits in the committee on that day. Fill the seats first.")
    return ""


def _refuse_uncallable(meeting: Meeting, late_because: str) -> None:
    day = timezone.localdate(meeting.starts_at)
    seats = meeting.committee.seats.on(day).with_holders(day)
    has_people = any(seat.holder for seat in seats)
    has_items = meeting.items.exists()
    if sentence := obstacle_to_call(meeting, has_items=has_items, has_people=has_people):
        raise Refused(sentence)
    if timezone.localdate() > last_day_of_call(meeting) and not late_because.strip():
        raise Refused(late_because=_("The last day of the call has passed. Say why it is late."))


def _refuse_no_reason(late_because: str) -> None:
    if not late_because.strip():
        raise Refused(late_because=_("Write why."))


def _number_items(meeting: Meeting, facts: Mapping[int, Mapping[str, Any]]) -> Sequence[AgendaItem]:
    items = list(meeting.items.all())
    for number, item in enumerate(items, 1):
        item.number = item.position = number
        item.facts = dict(facts.get(item.pk, item.facts))
        item.presentation = item.told_presentation
    AgendaItem.objects.bulk_update(items, ["number", "position", "facts", "presentation"])
    return items
