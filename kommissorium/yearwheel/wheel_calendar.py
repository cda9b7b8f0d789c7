"""Occurrences as whole days of a calendar (RFC 5545): titles only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kommissorium.core.richtext import one_line
from kommissorium.yearwheel.wheel_entries import DONE_STATES, WheelEntry

MEDIA_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
PRODUCT = "-//Kommissorium//kommissorium//DA"


def wheel_calendar(entries: Iterable[WheelEntry], name: str) -> bytes:
    """Return the entries as a calendar; what was skipped is not on it.

    An entry keeps its name in all calendars when it is moved, and when what was reckoned
    becomes something to do. The same entries give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    taken: set[str] = set()
    for entry in entries:
        if entry.state == "skipped":
            continue
        uid = _uid(entry)
        if uid in taken:  # two of what happens now and then, begun on one day
            uid = f"{entry.key.replace(':', '-')}-{uid}"
        taken.add(uid)
        calendar.add_component(_event(entry, uid))
    return bytes(calendar.to_ical())


def _event(entry: WheelEntry, uid: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", datetime.combine(entry.nominal, time(), UTC))
    event.add("dtstart", entry.due)
    if entry.due < date.max:
        event.add("dtend", entry.due + timedelta(days=1))
    title = one_line(entry.title)
    done = entry.state in DONE_STATES
    event.add("summary", _("Done: %(title)s") % {"title": title} if done else title)
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{settings.SITE_URL}{entry.url}")
    return event


def _uid(entry: WheelEntry) -> str:
    which = f"meeting-{entry.meeting}" if entry.meeting else entry.nominal.isoformat()
    return f"duty-{entry.duty}-{which}@{entry.calendar_host}"
