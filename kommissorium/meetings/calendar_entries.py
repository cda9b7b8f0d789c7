"""Meetings as calendar entries (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.documents.calendar import Attendee, CalendarEntry, Partstat, publish
from kommissorium.meetings.models import Attendance, Meeting

PARTSTATS: dict[str, Partstat] = {
    Attendance.Answer.NONE: "NEEDS-ACTION",
    Attendance.Answer.ACCEPTED: "ACCEPTED",
    Attendance.Answer.TENTATIVE: "TENTATIVE",
    Attendance.Answer.DECLINED: "DECLINED",
}


def calendar_file(meetings: Iterable[Meeting], name: str) -> bytes:
    """Return the meetings as one calendar to import or subscribe to, without attendees.

    The same meetings give the same bytes. The description holds a link alone: an agenda does
    not belong in everybody's calendar.
    """
    return publish([_entry(meeting, stamped_at=meeting.created_at) for meeting in meetings], name)


def personal_entry(attendance: Attendance) -> CalendarEntry:
    """Return the meeting as it stands now for one who is called, who alone is named in it.

    Who is a guest gets no link to the agenda. Only for people with an e-mail address.
    """
    asked = attendance.capacity == Attendance.Capacity.HOLDER or attendance.stands_in
    attendee = Attendee(
        attendance.person.name,
        attendance.person.email or "",
        "REQ-PARTICIPANT" if asked else "OPT-PARTICIPANT",
        PARTSTATS[attendance.answer],
    )
    return _entry(
        attendance.meeting,
        stamped_at=timezone.now(),
        attendees=(attendee,),
        with_agenda=attendance.capacity != Attendance.Capacity.GUEST,
    )


def calendar_uid(meeting: Meeting) -> str:
    """Return the name by which all calendars know the meeting, whatever becomes of it."""
    return f"{meeting.uid}@{meeting.calendar_host}"


def organizer_address(meeting: Meeting) -> str:
    """Return where answers out of calendars go: the committee's mailbox, else the sender's."""
    return meeting.committee.email or _sender()


def _sender() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _entry(
    meeting: Meeting,
    *,
    stamped_at: datetime,
    attendees: tuple[Attendee, ...] = (),
    with_agenda: bool = True,
) -> CalendarEntry:
    address = f"{settings.SITE_URL}{meeting.get_absolute_url()}" if with_agenda else ""
    return CalendarEntry(
        uid=calendar_uid(meeting),
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=meeting.committee.name,
        stamped_at=stamped_at,
        description=_description(meeting, address),
        location=meeting.place or meeting.link,
        url=address,
        organizer_name=meeting.committee.name if attendees else "",
        organizer_email=organizer_address(meeting) if attendees else "",
        sent_by=_sender() if attendees else "",
        attendees=attendees,
        cancelled=meeting.state == Meeting.State.CANCELLED,
    )


def _description(meeting: Meeting, address: str) -> str:
    lines = [_("Agenda: %(address)s") % {"address": address}] if address else []
    if meeting.link:
        lines.append(_("Video meeting: %(address)s") % {"address": meeting.link})
    return "\n".join(lines)
