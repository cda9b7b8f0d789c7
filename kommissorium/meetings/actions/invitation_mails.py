"""Queue the mails that invite to a meeting, tell of changes and cancel it.

Each carries the meeting for the person's calendar: one entry, the same for the meeting's whole
life (RFC 5546). None leaves when the meeting is over. Who has no e-mail address, or has left, gets none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.utils import translation

from kommissorium.accounts.models import Person
from kommissorium.core.documents.calendar import cancel, request
from kommissorium.core.mail.actions import prolong_waiting, queue_mail
from kommissorium.core.mail.letter import Letter
from kommissorium.core.mail.models import OutboxMail
from kommissorium.meetings import emails
from kommissorium.meetings.calendar_entries import calendar_uid, personal_entry
from kommissorium.meetings.models import AgendaItem, Attendance, Call, Meeting

REQUEST, CANCEL = "REQUEST", "CANCEL"
THREAD_LENGTH = 120
# What the later mail says again, so that the earlier need not leave if it has not.
PLANNED, CALLED, MOVED = "meetings.planned", "meetings.invitation", "meetings.moved"
REPLACES = {
    CALLED: (PLANNED, MOVED),
    MOVED: (MOVED,),
    "meetings.cancelled": (PLANNED, CALLED, MOVED, "meetings.single_invitation"),
}


def invite_all(meeting: Meeting, attendances: Sequence[Attendance]) -> None:
    """Queue one invitation a person, with the agenda; none for a meeting that is over."""
    if meeting.is_over:
        return
    items = list(meeting.items.standing())
    for attendance in attendances:
        attendance.meeting = meeting
        shown = [] if attendance.capacity == Attendance.Capacity.GUEST else items
        _queue(
            attendance,
            partial(emails.invitation, items=shown),
            kind=CALLED,
            key=f"{meeting.pk}:{meeting.sequence}",
        )


def invite_planned(meeting: Meeting, attendances: Sequence[Attendance]) -> None:
    """Queue that the meeting is planned, for the holders: deputies hear of it by the call."""
    for attendance in attendances:
        if emails.is_asked(attendance):
            key = f"{meeting.pk}:{meeting.sequence}"
            _queue(attendance, emails.planned, kind=PLANNED, key=key)


def unreached(meeting: Meeting, attendances: Iterable[Attendance]) -> set[int]:
    """Return the keys of those who have an address that no mail about the meeting has reached.

    The last one was given up, or their address is another since.
    """
    reached = OutboxMail.objects.reached(_thread(meeting))
    return {
        one.pk
        for one in attendances
        if reached and one.person.email and not reached.get(one.person.email.lower(), False)
    }


def invite_one(attendance: Attendance) -> None:
    """Queue the invitation of one who came to the list after the others."""
    meeting = attendance.meeting
    guest = attendance.capacity == Attendance.Capacity.GUEST
    items = [] if guest or not meeting.number else list(meeting.items.standing())

    words = partial(emails.invitation, items=items) if meeting.number else emails.planned
    _queue(attendance, words, kind="meetings.single_invitation", key=_version_of(attendance))


def tell_moved(meeting: Meeting, *, in_time: bool = True) -> None:
    """Queue the changed time and place for all who were invited."""
    prolong_waiting(thread=_thread(meeting), useful_until=meeting.ends_at)
    for attendance in invited(meeting):
        _queue(
            attendance,
            partial(emails.moved, in_time=in_time),
            kind=MOVED,
            key=f"{meeting.pk}:{meeting.sequence}",
        )


def tell_late_item(item: AgendaItem, *, by: Person) -> None:
    """Queue to all who were called but guests and `by` that an item came after the call."""
    words = partial(emails.late_item, item=item)
    for attendance in invited(item.meeting):
        if attendance.capacity != Attendance.Capacity.GUEST and attendance.person_id != by.pk:
            _queue(attendance, words, kind="meetings.late_item", key=str(item.pk))


def tell_cancelled(meeting: Meeting) -> None:
    """Queue that the meeting is called off, for all who were invited; none when it is over."""
    if not meeting.is_over:
        _call_off(meeting, emails.cancelled)


def tell_call_withdrawn(meeting: Meeting) -> None:
    """Queue that the call is withdrawn and another will come, for all who were invited."""
    _call_off(meeting, emails.call_withdrawn)


def _call_off(meeting: Meeting, words: Callable[[Attendance], Letter]) -> None:
    key = f"{meeting.pk}:{meeting.sequence}"
    for attendance in invited(meeting):
        _queue(attendance, words, kind="meetings.cancelled", key=key, method=CANCEL)


def tell_dropped(attendance: Attendance) -> None:
    """Queue that the person is off the list, for one who was invited to a meeting not yet over."""
    meeting = attendance.meeting
    called = Call.objects.filter(meeting=meeting).exists()
    if meeting.is_over or not (called or emails.is_asked(attendance)):
        return
    key = f"{attendance.pk}:{meeting.sequence}"
    _queue(attendance, emails.dropped, kind="meetings.dropped", key=key, method=CANCEL)


def tell_stands_in(deputy: Attendance, holder: Attendance) -> None:
    """Queue to a deputy that they take the holder's place."""
    words = partial(emails.stands_in, holder=holder.person.name)
    _queue(deputy, words, kind="meetings.stands_in", key=_version_of(deputy))


def tell_stands_in_no_more(deputy: Attendance) -> None:
    """Queue to a deputy that they are not needed.

    Before the call deputies are not told of meetings, so it leaves their calendar; the
    meeting's sequence must have grown then.
    """
    method = REQUEST if deputy.meeting.number else CANCEL
    _queue(
        deputy,
        emails.stands_in_no_more,
        kind="meetings.not_needed",
        key=_version_of(deputy),
        method=method,
    )


def invited(meeting: Meeting) -> list[Attendance]:
    """Return those who have been invited so far: before the call no deputy who does not stand in."""
    rows = list(meeting.attendances.select_related("person", "seat"))
    for row in rows:
        row.meeting = meeting
    return [row for row in rows if meeting.number or emails.is_asked(row)]


def _thread(meeting: Meeting) -> str:
    return calendar_uid(meeting)[:THREAD_LENGTH]


def _version_of(attendance: Attendance) -> str:
    return f"{attendance.pk}:{attendance.edit_version}"


def _queue(
    attendance: Attendance,
    words: Callable[[Attendance], Letter],
    *,
    kind: str,
    key: str,
    method: str = REQUEST,
) -> None:
    person, meeting = attendance.person, attendance.meeting
    if not person.email or not person.is_active:
        return
    with translation.override(person.language):
        letter, entry = words(attendance), personal_entry(attendance)
    queue_mail(
        to=person.email,
        kind=kind,
        key=key,
        letter=letter,
        useful_until=meeting.ends_at,
        reply_to=meeting.committee.email,
        thread=_thread(meeting),
        replaces=REPLACES.get(kind, ()),
        calendar=cancel(entry) if method == CANCEL else request(entry),
        calendar_method=method,
    )
