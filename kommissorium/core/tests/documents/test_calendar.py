"""Calendar files as two independent readers see them, and by their bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from kommissorium.core.documents.calendar import (
    Attendee,
    CalendarEntry,
    cancel,
    described,
    publish,
    request,
)
from kommissorium.core.richtext import one_line, printable

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ADDRESS = "https://kommissorium.tryllerup.example/moeder/4/"
DAY = timedelta(days=1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN)


ENTRY = CalendarEntry(
    uid="5c1e@kommissorium.tryllerup.example",
    sequence=3,
    starts_at=at(date(2026, 11, 17), 9),
    ends_at=at(date(2026, 11, 17), 11, 30),
    summary="Udvalget for informationssikkerhed, møde 4; Ærø & Ågård",
    stamped_at=at(date(2026, 10, 1), 12),
    description="Dagsorden:\r\n" + ADDRESS + "\n\nMedbring: kaffe, kage; \\ og æbler",
    location="Mødelokale 3, Rådhuset",
    url=ADDRESS,
    organizer_name='Udvalget "sikker": Tryllerup',
    organizer_email="udvalg@tryllerup.example",
    attendees=(Attendee("Søren Ødum, centerchef", "soren@tryllerup.example"),),
)


def read(data: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(data).events
    return event


def read_otherwise(data: bytes):
    return vobject.readOne(data.decode())


def own_zone(data: bytes):
    """Return the time zone as the file itself describes it, whatever the machine knows."""
    (zone,) = icalendar.Calendar.from_ical(data).timezones
    return zone.to_tz(lookup_tzid=False)


def test_an_invitation_says_who_invites_whom_to_what_and_asks_for_an_answer():
    data = request(ENTRY)
    calendar = icalendar.Calendar.from_ical(data)
    event = read(data)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (ENTRY.uid, 3, "CONFIRMED")
    assert event["SUMMARY"] == ENTRY.summary
    assert event["LOCATION"] == ENTRY.location
    assert event["URL"] == ADDRESS
    assert event["ORGANIZER"] == "mailto:udvalg@tryllerup.example"
    assert event["ORGANIZER"].params["CN"] == "Udvalget 'sikker': Tryllerup"
    assert event["ATTENDEE"] == "mailto:soren@tryllerup.example"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Søren Ødum, centerchef",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }
    assert (event.start, event.end) == (ENTRY.starts_at, ENTRY.ends_at)
    assert b"\r\nDTSTAMP:20261001T100000Z\r\n" in data


def test_a_second_reader_reads_the_same():
    calendar = read_otherwise(request(ENTRY))
    event = calendar.vevent
    assert calendar.method.value == "REQUEST"
    assert event.uid.value == ENTRY.uid
    assert event.sequence.value == "3"
    assert event.summary.value == ENTRY.summary
    assert event.location.value == ENTRY.location
    assert event.description.value == ENTRY.description.replace("\r\n", "\n")
    assert event.organizer.value == "mailto:udvalg@tryllerup.example"
    assert event.organizer.params["CN"] == ["Udvalget 'sikker': Tryllerup"]
    assert event.attendee.value == "mailto:soren@tryllerup.example"
    assert event.attendee.params["CN"] == ["Søren Ødum, centerchef"]
    assert event.attendee.params["RSVP"] == ["TRUE"]
    assert (event.dtstart.value, event.dtend.value) == (ENTRY.starts_at, ENTRY.ends_at)
    assert event.dtstamp.value == ENTRY.stamped_at


def test_a_mail_that_another_sends_than_who_organizes_says_so():
    from_committee = request(replace(ENTRY, sent_by="kommissorium@tryllerup.example"))
    organizer = read_otherwise(from_committee).vevent.organizer
    assert organizer.value == "mailto:udvalg@tryllerup.example"
    assert organizer.params["SENT-BY"] == ["mailto:kommissorium@tryllerup.example"]
    assert b'SENT-BY="mailto:kommissorium@' in from_committee.replace(b"\r\n ", b"")
    assert b"SENT-BY" not in request(replace(ENTRY, sent_by="Udvalg@tryllerup.example"))


def test_an_invitation_names_those_it_was_given_in_their_roles_with_their_answers():
    invited = (
        Attendee("Olga", "olga@tryllerup.example", "NON-PARTICIPANT", "ACCEPTED"),
        Attendee("", "bo@tryllerup.example", "OPT-PARTICIPANT", "DECLINED"),
    )
    olga, bo = read(request(replace(ENTRY, attendees=invited)))["ATTENDEE"]
    assert (olga.params["ROLE"], olga.params["PARTSTAT"]) == ("NON-PARTICIPANT", "ACCEPTED")
    assert (bo.params["ROLE"], bo.params["PARTSTAT"]) == ("OPT-PARTICIPANT", "DECLINED")
    assert "CN" not in bo.params


def test_a_cancellation_is_known_by_uid_and_asks_for_no_answer():
    data = cancel(replace(ENTRY, sequence=4))
    event = read(data)
    assert icalendar.Calendar.from_ical(data)["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (ENTRY.uid, 4, "CANCELLED")
    assert event["ATTENDEE"] == "mailto:soren@tryllerup.example"
    assert event["ORGANIZER"] == "mailto:udvalg@tryllerup.example"
    assert b"RSVP" not in data
    assert b"VALARM" not in data
    assert read_otherwise(data).vevent.status.value == "CANCELLED"


def test_a_published_calendar_names_no_person():
    cancelled = replace(ENTRY, uid="other", cancelled=True)
    data = publish([ENTRY, cancelled], "Møder i udvalget")
    calendar = icalendar.Calendar.from_ical(data)
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Møder i udvalget")
    assert [event["STATUS"] for event in calendar.events] == ["CONFIRMED", "CANCELLED"]
    assert b"ATTENDEE" not in data
    assert b"ORGANIZER" not in data
    assert b"mailto" not in data.lower()
    assert len(read_otherwise(data).vevent_list) == 2


def test_a_published_calendar_may_be_empty():
    calendar = icalendar.Calendar.from_ical(publish([], "Møder"))
    assert calendar.subcomponents == []


@pytest.mark.parametrize("write", [request, lambda e, a: publish([e], "Møder", a)])
def test_a_reminder_is_there_when_it_is_asked_for(write):
    (alarm,) = read(write(ENTRY, DAY)).walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", -DAY)
    assert alarm["DESCRIPTION"] == ENTRY.summary
    assert read_otherwise(write(ENTRY, DAY)).vevent.valarm.trigger.value == -DAY
    assert not read(write(ENTRY, None)).walk("VALARM")


def test_nobody_is_reminded_of_what_is_cancelled():
    assert not read(publish([replace(ENTRY, cancelled=True)], "Møder", DAY)).walk("VALARM")


@pytest.mark.parametrize(
    "wrong", [{"cancelled": True}, {"attendees": ()}, {"organizer_email": ""}], ids=str
)
def test_an_invitation_that_nobody_could_answer_is_refused(wrong):
    with pytest.raises(ValueError, match="invit"):
        request(replace(ENTRY, **wrong))


def test_lines_end_and_fold_as_the_standard_says():
    data = request(replace(ENTRY, summary="Ærø på ø, " * 40, description="æ\n" * 300), DAY)
    *lines, rest = data.split(b"\r\n")
    assert rest == b""
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    for line in lines:
        assert len(line) <= 75
        line.decode()  # no letter is cut in two
    assert read(data)["SUMMARY"] == ("Ærø på ø, " * 40).strip()
    assert read_otherwise(data).vevent.description.value == ("æ\n" * 300).strip()


@pytest.mark.parametrize(
    "texts",
    [
        {"summary": "Møde\r\nATTENDEE:mailto:x@example.org"},
        {"location": "Sal 1\nMETHOD:CANCEL"},
        {"description": "Se\r\nEND:VEVENT"},
        {"organizer_name": "Udvalg\r\nSTATUS:CANCELLED"},
        {"attendees": (Attendee("Bo\r\nX-NEW:1\x00", "bo@tryllerup.example"),)},
    ],
    ids=lambda texts: next(iter(texts)),
)
def test_a_line_break_in_a_text_makes_no_line_of_its_own(texts):
    event = read(request(replace(ENTRY, **texts)))
    assert sorted(event) == sorted(read(request(ENTRY)))
    assert not isinstance(event["ATTENDEE"], list)
    assert event["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("day", "hour_before", "hour_after"),
    [(date(2026, 10, 25), 8, 9), (date(2027, 3, 28), 9, 8)],
    ids=["autumn", "spring"],
)
def test_ten_in_the_morning_stays_ten_across_the_clock_change(day, hour_before, hour_after):
    for date_, hour in ((day - DAY, hour_before), (day, hour_after), (day + DAY, hour_after)):
        entry = replace(ENTRY, starts_at=at(date_, 10), ends_at=at(date_, 12))
        data = request(entry)
        assert f"DTSTART;TZID=Europe/Copenhagen:{date_:%Y%m%d}T100000\r\n".encode() in data
        for start in (
            read(data).start,
            read(data).start.replace(tzinfo=own_zone(data)),
            read_otherwise(data).vevent.dtstart.value,
        ):
            assert start.astimezone(UTC).hour == hour


def test_a_monday_after_the_march_change_is_in_summer_time():
    entry = replace(ENTRY, starts_at=at(date(2027, 3, 29), 9), ends_at=at(date(2027, 3, 29), 11))
    event = read_otherwise(request(entry)).vevent
    assert event.dtstart.value.utcoffset() == timedelta(hours=2)
    assert event.dtend.value.astimezone(UTC) == datetime(2027, 3, 29, 9, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2026, 10, 24), date(2027, 3, 27)], ids=str)
def test_every_quarter_of_an_hour_around_a_clock_change_is_the_right_moment(day):
    start = at(day, 12).astimezone(UTC)
    moments = [start + timedelta(minutes=15 * number) for number in range(96)]
    entries = [
        replace(ENTRY, uid=str(n), starts_at=moment, ends_at=moment + DAY)
        for n, moment in enumerate(moments)
    ]
    data = publish(entries, "Møder")
    calendar = icalendar.Calendar.from_ical(data)
    assert [event.start.astimezone(UTC) for event in calendar.events] == moments
    other = read_otherwise(data).vevent_list
    assert [event.dtstart.value.astimezone(UTC) for event in other] == moments
    zone = own_zone(data)
    local = [e.start for e in calendar.events if str(e.start.tzinfo) == "Europe/Copenhagen"]
    assert len(local) >= len(moments) - 4
    assert [moment.replace(tzinfo=zone).utcoffset() for moment in local] == [
        moment.utcoffset() for moment in local
    ]


def test_the_hour_that_comes_twice_is_told_apart():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=COPENHAGEN)
    entry = replace(ENTRY, starts_at=first, ends_at=first.replace(fold=1))
    data = request(entry)
    assert b"DTSTART;TZID=Europe/Copenhagen:20261025T023000" in data
    assert b"DTEND:20261025T013000Z" in data


def test_one_description_serves_entries_of_many_years():
    entries = [
        replace(ENTRY, uid=str(y), starts_at=at(date(y, m, 15), 9), ends_at=at(date(y, m, 15), 10))
        for y in (2026, 2027, 2031)
        for m in (1, 6, 12)
    ]
    data = publish(entries, "Møder")
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    events = read_otherwise(data).vevent_list
    assert [event.dtstart.value for event in events] == [entry.starts_at for entry in entries]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "Africa/Casablanca", "America/New_York"])
def test_a_zone_without_two_lasting_yearly_changes_gives_times_in_utc(settings, zone):
    settings.TIME_ZONE = zone
    data = request(ENTRY)
    assert b"VTIMEZONE" not in data
    assert b"DTSTART:20261117T080000Z" in data


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "Atlantic/Faroe", "Europe/Helsinki"])
def test_a_description_agrees_with_the_zone_on_every_day_of_its_years(zone):
    known = ZoneInfo(zone)
    told = described(known, 2026, 2027).to_tz(lookup_tzid=False)
    noon = datetime(2026, 1, 1, 12)  # noqa: DTZ001 the clock on the wall
    days = [noon + DAY * number for number in range(730)]
    assert [told.utcoffset(day) for day in days] == [known.utcoffset(day) for day in days]


texts = st.text(max_size=60)
# Any second from 2000 to 2037.
moments = st.integers(946_684_800, 2_145_913_200).map(lambda s: datetime.fromtimestamp(s, UTC))
lengths = st.integers(300, 36_000).map(lambda seconds: timedelta(seconds=seconds))


@given(texts, texts, texts, moments, lengths)
def test_whatever_is_written_can_be_read_by_both(summary, description, name, start, length):
    entry = replace(
        ENTRY,
        summary=summary,
        description=description,
        starts_at=start,
        ends_at=start + length,
        attendees=(Attendee(name, "bo@tryllerup.example"),),
    )
    data = request(entry)
    event, other = read(data), read_otherwise(data).vevent
    assert (event.start, event.end) == (start, start + length)
    assert (other.dtstart.value, other.dtend.value) == (start, start + length)
    assert event["SUMMARY"] == other.summary.value == one_line(summary)
    assert event.get("DESCRIPTION", "") == printable(description).strip()
    assert event["ATTENDEE"].params.get("CN", "") == one_line(name).replace('"', "'")
