"""A meeting that is called and lies ahead: its changes since the call, and its answers."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.meetings.actions.calendar_programs import open_feed
from kommissorium.meetings.actions.call import add_late_item, attach_late, withdraw_item
from kommissorium.meetings.actions.call_list import add_guest
from kommissorium.meetings.emails import answer_token
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.meetings.tests.samples import closed_item, planned
from kommissorium.secretariat.actions.cycle import call


def add(samples: Samples, cast: Cast) -> Meeting:
    """Name a meeting that is called, and what came after the call. Return it."""
    meeting = planned(cast, 60)
    closed, _spare = closed_item(cast, meeting), closed_item(cast, meeting)
    call(meeting, by=cast.coordinator)
    meeting.refresh_from_db()
    closed.refresh_from_db()
    _late(cast, meeting, closed)
    samples.add(
        "meeting/called meeting_call/called meeting_changes/called meeting_registers/called "
        "meeting_composing/called meeting_preview/called "
        "meeting_history/called meeting_answers/called late_item_add replies_read guest_add "
        "call_withdrawal",
        pk=meeting.pk,
    )
    samples.add("meeting_pack/called", pk=meeting.pk, form="pdf")
    samples.add("late_file_add item_withdrawal", pk=meeting.items.get(number=2).pk)
    samples.add("late_file_add/closed item_withdrawal/closed agenda_item/called", pk=closed.pk)
    samples.add("newcomer_invitation", pk=meeting.pk, person=cast.employee.pk)
    record = meeting.call.record_id
    samples.add("record/call", pk=record)
    samples.add("record_file/call", pk=record, form="pdf")
    _answers(samples, cast, meeting)
    return meeting


def _late(cast: Cast, meeting: Meeting, closed: AgendaItem) -> None:
    """Let closed matters come and go after the call."""
    late = add_late_item(
        meeting,
        by=cast.coordinator,
        late_because=secret("forsinkelse"),
        title=secret("sent"),
        type="information",
        presentation=f"<p>{secret('sag')}</p>",
        is_closed=True,
        closed_ground=secret("grund"),
    )
    attach_late(
        closed,
        by=cast.coordinator,
        name=f"{secret('sen')}.txt",
        data=secret("fil").encode(),
        late_because=secret("forsinkelse"),
    )
    withdraw_item(late, by=cast.coordinator, because=secret("tilbage"))


def _answers(samples: Samples, cast: Cast, meeting: Meeting) -> None:
    own = meeting.attendances.get(person=cast.member)
    guest = add_guest(meeting, cast.system_owner, by=cast.coordinator)
    add_guest(meeting, cast.executive, by=cast.coordinator)
    feed, address = open_feed(cast.member, None, by=cast.member)
    samples.add("attendance_answer invitation_again", pk=own.pk)
    samples.add("guest_removal", pk=guest.pk)
    samples.add("answer_by_link", token=answer_token(own))
    samples.add("calendar_feed_revocation", pk=feed.pk)
    samples.add("calendar_feed wheel_calendar", secret=address)
