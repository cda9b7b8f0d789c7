"""Answers to invitations as the calendar programs write them, and files that hold none."""

from __future__ import annotations

import base64
import quopri
import re
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from kommissorium.core.documents.calendar import (
    MOST_REPLY_BYTES,
    Attendee,
    CalendarEntry,
    CalendarUnreadable,
    Reply,
    cancel,
    publish,
    read_replies,
    request,
)
from kommissorium.core.documents.letters import read_saved

UID = "5c1e@kommissorium.tryllerup.example"

OUTLOOK = """\
BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED;CN=Søren Ødum:MAILTO:Soren@Tryllerup.example
COMMENT;LANGUAGE=da-DK:Jeg kommer\\, men går kl. 11\\nVenlig hilsen\\nSø
 ren
UID:5c1e@kommissorium.tryllerup.example
SUMMARY;LANGUAGE=da-DK:Accepteret: Udvalgsmøde
DTSTART;TZID=Romance Standard Time:20261117T090000
DTEND;TZID=Romance Standard Time:20261117T113000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20261002T081500Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:3
LOCATION;LANGUAGE=da-DK:Mødelokale 3
X-MICROSOFT-CDO-APPT-SEQUENCE:3
END:VEVENT
END:VCALENDAR
"""

GOOGLE = """\
BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20261117T080000Z
DTEND:20261117T103000Z
DTSTAMP:20261003T100000Z
ORGANIZER;CN=Udvalget:mailto:udvalg@tryllerup.example
UID:5c1e@kommissorium.tryllerup.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;CN=Olga M
 ikkelborg;X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Er på kursus, desværre":mailt
 o:olga@tryllerup.example
X-MICROSOFT-CDO-OWNERAPPTID:1234
CREATED:20261001T100000Z
LAST-MODIFIED:20261003T100000Z
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Udvalgsmøde
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""

APPLE = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Apple Inc.//macOS 15.0//EN
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
UID:5c1e@kommissorium.tryllerup.example
DTSTAMP:20261004T070000Z
DTSTART;TZID=Europe/Copenhagen:20261117T090000
SUMMARY:Udvalgsmøde
ORGANIZER;CN="Udvalget":mailto:udvalg@tryllerup.example
ATTENDEE;CN="Bo Lindskov";CUTYPE=INDIVIDUAL;EMAIL="bo@tryllerup.example";PA
 RTSTAT=TENTATIVE;ROLE=REQ-PARTICIPANT:urn:uuid:0f1e-22
BEGIN:VALARM
UID:other
TRIGGER:-PT15M
ATTENDEE;PARTSTAT=ACCEPTED:mailto:alarm@tryllerup.example
END:VALARM
END:VEVENT
END:VCALENDAR
"""

SOREN = Reply(
    uid=UID,
    email="soren@tryllerup.example",
    partstat="accepted",
    sequence=3,
    stamped_at=datetime(2026, 10, 2, 8, 15, tzinfo=UTC),
    comment="Jeg kommer, men går kl. 11\nVenlig hilsen\nSøren",
)
OLGA = Reply(
    uid=UID,
    email="olga@tryllerup.example",
    partstat="declined",
    sequence=0,
    stamped_at=datetime(2026, 10, 3, 10, tzinfo=UTC),
    comment="Er på kursus, desværre",
)
BO = Reply(
    uid=UID,
    email="bo@tryllerup.example",
    partstat="tentative",
    sequence=0,
    stamped_at=datetime(2026, 10, 4, 7, tzinfo=UTC),
    comment="",
)
SHAPES = [(OUTLOOK, SOREN), (GOOGLE, OLGA), (APPLE, BO)]
EVENT = OUTLOOK[OUTLOOK.index("BEGIN:VEVENT") : OUTLOOK.index("END:VCALENDAR")]

MAIL = """\
From: =?utf-8?Q?S=C3=B8ren_=C3=98dum?= <soren@tryllerup.example>
To: udvalg@tryllerup.example
Subject: Accepteret: Udvalgsmøde
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="graense"

--graense
Content-Type: text/plain; charset="utf-8"

Jeg kommer.

--graense
Content-Type: {type}
Content-Transfer-Encoding: {encoding}

{calendar}
--graense--
"""


def mail(calendar: str, encoding: str = "quoted-printable", **more: str) -> bytes:
    body = calendar.encode()
    encoded = {
        "quoted-printable": quopri.encodestring,
        "base64": base64.encodebytes,
        "8bit": lambda data: data,
    }[encoding](body)
    values = {"type": 'text/calendar; charset="utf-8"; method=REPLY'} | more
    return MAIL.format(encoding=encoding, calendar=encoded.decode(), **values).encode()


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def refusal(data: bytes) -> str:
    with translation.override("en"), pytest.raises(CalendarUnreadable) as refused:
        read_saved(data)
    with translation.override("en"):
        return str(refused.value)


@pytest.mark.parametrize(("calendar", "reply"), SHAPES, ids=["outlook", "google", "apple"])
@pytest.mark.parametrize("lines", [crlf, str], ids=["crlf", "lf"])
def test_a_calendar_file_is_read(calendar, reply, lines):
    assert read_replies(lines(calendar).encode()) == [reply]


@pytest.mark.parametrize(("calendar", "reply"), SHAPES, ids=["outlook", "google", "apple"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_saved_mail_is_read(calendar, reply, encoding):
    assert read_replies(mail(calendar, encoding)) == [reply]


@pytest.mark.parametrize(
    "content_type",
    [
        'application/octet-stream; name="svar.ics"',
        "application/ics",
        "TEXT/CALENDAR",
        "text/calendar; charset=there-is-none",
    ],
)
def test_the_part_is_found_by_type_or_name(content_type):
    assert read_replies(mail(GOOGLE, type=content_type)) == [OLGA]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding):
    assert read_replies(OUTLOOK.encode(encoding)) == [SOREN]


def test_a_mail_with_the_same_answer_twice_gives_it_once():
    part = "--graense\nContent-Type: application/ics\n\n" + OUTLOOK
    twice = mail(OUTLOOK, "8bit").decode().replace("--graense--", part + "--graense--")
    assert read_replies(twice.encode()) == [SOREN]


def test_an_answer_beside_the_invitation_it_answers_is_found():
    invitation = OUTLOOK.replace("METHOD:REPLY", "METHOD:REQUEST")
    assert read_replies((invitation + GOOGLE).encode()) == [OLGA]


def test_several_answers_in_one_file_are_all_read():
    other = EVENT.replace(UID, "other").replace("ACCEPTED", "DECLINED")
    replies = read_replies(OUTLOOK.replace(EVENT, EVENT + other).encode())
    assert [(reply.uid, reply.partstat) for reply in replies] == [
        (UID, "accepted"),
        ("other", "declined"),
    ]


def test_attendees_who_have_not_answered_are_passed_over():
    silent = "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:x@tryllerup.example\nUID:"
    assert read_replies(OUTLOOK.replace("UID:", silent).encode()) == [SOREN]


@pytest.mark.parametrize(
    ("written", "read"),
    [("SEQUENCE:3\n", 3), ("", 0), ("SEQUENCE:-1\n", 0), ("SEQUENCE:" + "9" * 5000 + "\n", 0)],
    ids=["3", "none", "negative", "huge"],
)
def test_the_sequence_is_a_number_the_database_can_hold(written, read):
    (reply,) = read_replies(OUTLOOK.replace("\nSEQUENCE:3\n", "\n" + written).encode())
    assert reply.sequence == read


def test_a_comment_is_cut_and_cleaned():
    comment = "\x00\x07" + "æ" * 5000
    (reply,) = read_replies(OUTLOOK.replace("Jeg kommer", comment).encode())
    assert reply.comment == "æ" * 1000


@pytest.mark.parametrize("break_", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_a_line_that_cannot_be_read_stops_no_other(break_):
    broken = 'ORGANIZER;CN=;=:\nATTENDEE;CN=Bo "B" L;PARTSTAT=DECLINED:mailto:b@x\nUID:'
    text = OUTLOOK.replace("UID:", broken).replace("\n", break_)
    assert read_replies(text.encode()) == [SOREN]


def test_a_recurrence_without_end_keeps_nobody_busy():
    endless = OUTLOOK.replace("FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "FREQ=SECONDLY")
    assert read_replies(endless.encode()) == [SOREN]


NO_CALENDAR = "There is no calendar in the file."
NO_ANSWER = "The file is a calendar, but not an answer"
NOT_COMPLETE = "The file does not say who answers what."
TOO_MUCH = "The file holds far more than an answer"
INVITED = CalendarEntry(
    uid=UID,
    sequence=0,
    starts_at=datetime(2026, 11, 17, 8, tzinfo=UTC),
    ends_at=datetime(2026, 11, 17, 10, tzinfo=UTC),
    summary="Udvalgsmøde",
    stamped_at=datetime(2026, 10, 1, tzinfo=UTC),
    organizer_email="udvalg@tryllerup.example",
    attendees=(Attendee("Søren", "soren@tryllerup.example", partstat="ACCEPTED"),),
)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", NO_CALENDAR),
        (b"\x00" * 50, NO_CALENDAR),
        (b"%PDF-1.7 and more", NO_CALENDAR),
        (mail("Jeg kommer", type="text/plain"), NO_CALENDAR),
        (mail("Jeg kommer"), NO_CALENDAR),
        (OUTLOOK[:-20].encode(), NO_CALENDAR),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "The file is damaged"),
        (b"x" * (MOST_REPLY_BYTES + 1), "The file is larger than 1 MB."),
        (request(INVITED), NO_ANSWER),
        (cancel(INVITED), NO_ANSWER),
        (publish([INVITED], "Møder"), NO_ANSWER),
        (OUTLOOK.replace("REPLY", "COUNTER").encode(), NO_ANSWER),
        (OUTLOOK.replace("METHOD:REPLY\n", "").encode(), NO_ANSWER),
        (OUTLOOK.replace(EVENT, "").encode(), NO_ANSWER),
        (OUTLOOK.replace("ATTENDEE", "X-ATTENDEE").encode(), NOT_COMPLETE),
        (OUTLOOK.replace("PARTSTAT=ACCEPTED;", "").encode(), NOT_COMPLETE),
        (OUTLOOK.replace("ACCEPTED", "DELEGATED").encode(), NOT_COMPLETE),
        (OUTLOOK.replace("Soren@Tryllerup.example", "Søren").encode(), NOT_COMPLETE),
        (OUTLOOK.replace("UID:", "X-UID:").encode(), NOT_COMPLETE),
        (OUTLOOK.replace("UID:", "UID:" + "1" * 300).encode(), NOT_COMPLETE),
        (OUTLOOK.replace("DTSTAMP:", "DTSTAMP:x").encode(), NOT_COMPLETE),
        (
            OUTLOOK.replace("UID:", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@x.example\nUID:").encode(),
            NOT_COMPLETE,
        ),
        (OUTLOOK.replace(EVENT, EVENT * 100).encode(), TOO_MUCH),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 5000, TOO_MUCH),
        (OUTLOOK.replace("COMMENT;", "COMMENT:x\n" * 6000 + "COMMENT;").encode(), TOO_MUCH),
        (mail(OUTLOOK.replace(EVENT, EVENT * 100)), TOO_MUCH),
        (mail(OUTLOOK, type="text/calendar" + ";" * 100_000), NO_CALENDAR),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_what_is_no_answer_is_refused_with_a_sentence_that_says_why(data, sentence):
    assert refusal(data).startswith(sentence)


def always(data: bytes) -> None:
    try:
        replies, _senders = read_saved(data)
    except CalendarUnreadable as refused:
        assert str(refused).endswith(".")
    else:
        assert replies
        for reply in replies:
            assert reply.uid
            assert "@" in reply.email
            assert "\x00" not in reply.uid + reply.email + reply.comment
            assert reply.stamped_at.tzinfo is UTC


@given(st.binary(max_size=2000))
@example(b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/calendar\n\n\xff")
@example(b"Content-Type: multipart/mixed; boundary=b\n\n" * 3000)
@example(b"Content-Type: text/calendar; name*=x'y'%ff; charset*0=\xff\n\nBEGIN:VCALENDAR")
def test_any_bytes_give_answers_or_a_sentence(data):
    always(data)


@given(st.data())
def test_a_damaged_answer_gives_answers_or_a_sentence(data):
    whole = data.draw(
        st.sampled_from(
            [
                *(shape.encode() for shape, _reply in SHAPES),
                mail(OUTLOOK),
                mail(GOOGLE, "base64"),
            ]
        )
    )
    for _round in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        cut = data.draw(st.integers(0, 40))
        new = data.draw(
            st.binary(max_size=12)
            | st.sampled_from([b"BEGIN:VEVENT\n", b"END:VEVENT\n", b"END:\n", b"\n\n", b'";:,='])
        )
        whole = whole[:at] + new + whole[at + cut :]
    always(whole)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["BEGIN", "END", "METHOD", "UID", "DTSTAMP", "ATTENDEE", "COMMENT", "SEQUENCE"]
            ),
            st.sampled_from(
                ["", ";PARTSTAT=ACCEPTED", ";PARTSTAT=DECLINED,ACCEPTED", ";EMAIL=a@b"]
            ),
            st.sampled_from(
                [
                    "VCALENDAR",
                    "VEVENT",
                    "REPLY",
                    "mailto:a@b",
                    "20260101T000000Z",
                    "00000000T000000Z",
                ]
            )
            | st.text(max_size=8),
        ),
        max_size=30,
    )
)
def test_any_lines_give_answers_or_a_sentence(lines):
    written = [f"{name}{parameters}:{value}" for name, parameters, value in lines]
    always("\n".join(["BEGIN:VCALENDAR", *written]).encode())


def mail_of(calendar: str, words: str) -> bytes:
    return (
        'Content-Type: multipart/alternative; boundary="x"\r\nMIME-Version: 1.0\r\n\r\n'
        f"--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n"
        f"--x\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n{calendar}\r\n--x--\r\n"
    ).encode()


def test_outlooks_comment_is_the_text_of_its_mail():
    calendar = re.sub(r"COMMENT.*\n .*\n", "", OUTLOOK)
    words = "Kun hvis toget går\r\n\r\n________________\r\nFra: Udvalget\r\nTil: Søren"
    assert read_replies(mail_of(calendar, words))[0].comment == "Kun hvis toget går"
    assert read_replies(mail_of(OUTLOOK, words))[0].comment == SOREN.comment


def test_what_google_writes_into_its_mail_is_no_comment():
    calendar = re.sub(r";X-RESPONSE-COMMENT=.*\n.*\n", ":mailto:olga@tryllerup.example\n", GOOGLE)
    (reply,) = read_replies(mail_of(calendar, "Olga har afvist denne invitation."))
    assert reply.comment == ""


@pytest.mark.parametrize("depth", [31, 1000])
def test_a_mail_of_parts_within_parts_is_not_opened(depth):
    parts = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )
    with pytest.raises(CalendarUnreadable):
        read_replies(parts.encode() + b"x\n" * 400_000)
