"""Calendar files (RFC 5545), and the invitations, updates and cancellations in them (RFC 5546)."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
)

from kommissorium.core.documents.calendar_replies import (
    MOST_REPLY_BYTES,
    CalendarUnreadable,
    Reply,
    read_replies,
)
from kommissorium.core.richtext import one_line, printable

SINCE = 2000
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Name, month, which weekday of it, time, offset before and after: the same while one law holds.
_Rule = tuple[str, int, str, str, timedelta, timedelta]


@lru_cache(maxsize=20)
def described(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone | None:
    """Return the zone's two clock changes as yearly rules; None where no such rules hold.

    They hold from the year 2000 and in every year asked for, so that a zone is told in the
    same words always: programs keep the first description they meet. Rules, not lists of days,
    because Outlook knows no others. One description serves many calendars: leave it as it is.
    """
    years = [SINCE, *range(first_year, last_year + 1)]
    changes = [_changes(zone, year) for year in years]
    rules = [sorted(_rule(zone, at) for at in year) for year in changes]
    two = len(rules[0]) == len(("forward", "back"))
    if first_year <= SINCE or not two or any(rule != rules[0] for rule in rules):
        return None
    description = Timezone()
    description.add("tzid", zone.key)
    for at in changes[0]:
        description.add_component(_observance(zone, at))
    return description


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """Return the moments of the year, in UTC, from which the clock shows another offset."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    hours = (datetime(year + 1, 1, 1, tzinfo=UTC) - start) // timedelta(hours=1)
    moments = [start + timedelta(hours=hour) for hour in range(hours + 1)]
    offsets = [_offset(zone, at) for at in moments]
    changed = zip(moments[1:], pairwise(offsets), strict=True)
    return [at for at, (before, after) in changed if before != after]


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _rule(zone: ZoneInfo, at: datetime) -> _Rule:
    """Return the law behind a change, such as "the last Sunday of March at 02:00"."""
    before = _offset(zone, at - timedelta(seconds=1))
    shown = (at + before).replace(tzinfo=None)
    last = shown.day > calendar.monthrange(shown.year, shown.month)[1] - 7
    which = "-1" if last else str((shown.day - 1) // 7 + 1)
    name = at.astimezone(zone).tzname() or ""
    weekday = which + _DAYS[shown.weekday()]
    return name, shown.month, weekday, f"{shown:%H%M}", before, _offset(zone, at)


def _observance(zone: ZoneInfo, at: datetime) -> TimezoneStandard | TimezoneDaylight:
    name, month, weekday, _hour, before, after = _rule(zone, at)
    summer = bool(at.astimezone(zone).dst())
    observance = TimezoneDaylight() if summer else TimezoneStandard()
    # The onset is told by the clock as it stood until then.
    observance.DTSTART = (at + before).replace(tzinfo=None)
    observance.TZOFFSETFROM = before
    observance.TZOFFSETTO = after
    observance.add("tzname", name)
    observance.add("rrule", {"freq": "yearly", "bymonth": month, "byday": weekday})
    return observance


__all__ = [
    "MOST_REPLY_BYTES",
    "Attendee",
    "CalendarEntry",
    "CalendarUnreadable",
    "Reply",
    "cancel",
    "publish",
    "read_replies",
    "request",
]

Role = Literal["REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT"]
Partstat = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE"]


@dataclass(frozen=True)
class Attendee:
    """An invited person, their role, and their answer so far."""

    name: str
    email: str
    role: Role = "REQ-PARTICIPANT"
    partstat: Partstat = "NEEDS-ACTION"


@dataclass(frozen=True)
class CalendarEntry:
    """One meeting's entry in a calendar.

    `uid` never changes; `sequence` grows each time time or place changes and when the entry is
    cancelled. The moments are aware; `stamped_at` is when this state of the entry arose. The
    organizer's address is where answers go; `sent_by` is the mailbox the mail comes from. Texts
    are plain.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    stamped_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    organizer_name: str = ""
    organizer_email: str = ""
    sent_by: str = ""
    attendees: tuple[Attendee, ...] = ()
    cancelled: bool = False


def request(entry: CalendarEntry, alarm: timedelta | None = None) -> bytes:
    """Return an invitation, or a new version of it, that the invited can answer.

    All attendees can be read by each who gets the file. `alarm` is how long before the start
    the calendar reminds. Raises ValueError for an entry that is cancelled, or without an
    organizer's address or attendees.
    """
    if entry.cancelled:
        raise ValueError("a cancelled entry invites nobody")
    event = _event(entry, "CONFIRMED", alarm)
    _address(event, entry, asks=True)
    # We read answers but no proposals of another time.
    event.add("x-microsoft-disallow-counter", "TRUE")
    return _file("REQUEST", [entry], [event])


def cancel(entry: CalendarEntry) -> bytes:
    """Return the cancellation of the entry for the attendees; `sequence` must have grown.

    Raises ValueError for an entry without an organizer's address or attendees.
    """
    event = _event(entry, "CANCELLED", None)
    _address(event, entry, asks=False)
    return _file("CANCEL", [entry], [event])


def publish(entries: Sequence[CalendarEntry], name: str, alarm: timedelta | None = None) -> bytes:
    """Return the entries as one calendar to import or subscribe to, without who is invited.

    `alarm` is how long before each start the calendar reminds; the cancelled ones do not.
    """
    events = [
        _event(entry, "CANCELLED", None) if entry.cancelled else _event(entry, "CONFIRMED", alarm)
        for entry in entries
    ]
    return _file("PUBLISH", entries, events, name)


def _file(
    method: str, entries: Sequence[CalendarEntry], events: Sequence[Event], name: str = ""
) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Kommissorium//kommissorium//DA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", one_line(name))
    described_zone = _zone(entries)
    if described_zone is not None:
        calendar.add_component(described_zone)
    for entry, event in zip(entries, events, strict=True):
        event.add("dtstart", _moment(entry.starts_at, local=described_zone is not None))
        event.add("dtend", _moment(entry.ends_at, local=described_zone is not None))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone(entries: Sequence[CalendarEntry]) -> Timezone | None:
    """Return the description of our zone for the years of the entries, None if it has none."""
    moments = [moment for entry in entries for moment in (entry.starts_at, entry.ends_at)]
    years = [timezone.localtime(moment, _our_zone()).year for moment in moments]
    return described(_our_zone(), min(years), max(years)) if years else None


def _our_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _moment(moment: datetime, *, local: bool) -> datetime:
    """Return the moment by our clock; in UTC in the hour the clock shows for the second time."""
    shown = moment.astimezone(_our_zone())
    return shown if local and not shown.fold else moment.astimezone(UTC)


def _event(entry: CalendarEntry, status: str, alarm: timedelta | None) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at.astimezone(UTC))
    event.add("summary", one_line(entry.summary))
    event.add("status", status)
    if description := printable(entry.description).strip():
        event.add("description", description)
    if location := one_line(entry.location):
        event.add("location", location)
    if entry.url:
        event.add("url", entry.url)
    if alarm is not None:
        event.add_component(_alarm(entry, alarm))
    return event


def _alarm(entry: CalendarEntry, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one_line(entry.summary))
    alarm.add("trigger", -before)
    return alarm


def _address(event: Event, entry: CalendarEntry, *, asks: bool) -> None:
    """Write organiser and attendees into the event; `asks` says whether an answer is wanted."""
    if not entry.organizer_email or not entry.attendees:
        raise ValueError("an invitation has an organizer's address and attendees")
    organizer = _person(entry.organizer_name, entry.organizer_email)
    if entry.sent_by and entry.sent_by.lower() != entry.organizer_email.lower():
        # Who gets it may mistrust an update that another sends than who organizes (RFC 5545, 3.2.18).
        organizer.params["SENT-BY"] = f"mailto:{entry.sent_by}"
    event.add("organizer", organizer)
    for attendee in entry.attendees:
        person = _person(attendee.name, attendee.email)
        person.params["ROLE"] = attendee.role
        person.params["PARTSTAT"] = attendee.partstat
        if asks:
            person.params["RSVP"] = "TRUE"
        event.add("attendee", person)


def _person(name: str, email: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{email}")
    # Few programs know how a quotation mark would be written in a parameter.
    if shown := one_line(name).replace('"', "'"):
        person.params["CN"] = shown
    return person
