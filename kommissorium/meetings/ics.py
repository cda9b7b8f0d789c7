"""Meetings as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kommissorium.meetings.models import Meeting


def calendar_file(meetings: Iterable[Meeting], name: str) -> bytes:
    """Return the meetings as one calendar to import or subscribe to, without attendees.

    The description holds a link alone: an agenda does not belong in everybody's calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kommissorium//kommissorium//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting) -> Event:
    address = f"{settings.SITE_URL}{meeting.get_absolute_url()}"
    event = Event()
    event.add("uid", f"{meeting.uid}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.committee.name)
    event.add("url", address)
    event.add("description", _description(meeting, address))
    if place := meeting.place or meeting.link:
        event.add("location", place)
    cancelled = meeting.state == Meeting.State.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return event


def _description(meeting: Meeting, address: str) -> str:
    lines = [_("Agenda: %(address)s") % {"address": address}]
    if meeting.link:
        lines.append(_("Video meeting: %(address)s") % {"address": meeting.link})
    return "\n".join(lines)
