"""Answers that classic Outlook saved as .msg, and files that only look like them."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommissorium.core.documents.calendar import CalendarUnreadable, Reply
from kommissorium.core.documents.letter_program import outlook
from kommissorium.core.documents.letters import read_saved
from kommissorium.core.documents.outlook_replies import CompoundFile, Damaged, read_outlook_reply
from kommissorium.core.tests.documents.outlook_file import compound_file, outlook_reply

UID = "5c1e@kommissorium.tryllerup.example"
AT = datetime(2026, 10, 2, 8, 15, tzinfo=UTC)
KAREN = "karen@tryllerup.example"


@pytest.mark.parametrize(
    ("answer", "partstat"), [("Pos", "accepted"), ("Neg", "declined"), ("Tent", "tentative")]
)
def test_an_answer_is_read_with_its_comment(answer, partstat):
    body = "Måske kommer jeg senere\r\n\r\n-----Oprindelig aftale-----\r\nFra: Udvalget"
    data = outlook_reply(UID, "Karen@Tryllerup.example", answer, sequence=3, at=AT, body=body)
    said = Reply(UID, KAREN, partstat, 3, AT, "Måske kommer jeg senere")
    assert read_saved(data) == ([said], ())


def test_a_long_text_stands_in_sectors_of_its_own():
    data = outlook_reply(UID, KAREN, at=AT, body="Jeg kommer. " * 1000)
    assert read_outlook_reply(data).comment.startswith("Jeg kommer. Jeg kommer.")


def test_an_ordinary_mail_of_outlook_is_no_answer():
    data = outlook_reply(UID, KAREN, at=AT, message_class="IPM.Note")
    with pytest.raises(CalendarUnreadable) as unreadable:
        read_saved(data)
    assert unreadable.value.code == "not_from_outlook"


def test_an_answer_to_a_meeting_made_in_outlook_is_to_none_of_ours():
    data = outlook_reply(UID, KAREN, at=AT).replace(b"vCal-Uid", b"\x01\x02-other")
    assert "@" not in read_outlook_reply(data).uid


def test_who_answers_stands_in_the_headers_where_outlook_knows_no_address():
    headers = (
        "Received: by x\r\nFrom: =?utf-8?q?K?=\r\n <Karen@tryllerup.example>\r\nTo: u@x.example\r\n"
    )
    data = outlook_reply(UID, headers, at=AT).replace(
        "5D02001F".encode("utf-16-le"), "007D001F".encode("utf-16-le")
    )
    assert read_outlook_reply(data).email == KAREN


def test_who_a_mail_was_from_is_what_its_headers_say_not_its_properties():
    headers = "Received: by x\r\nFrom: Karen\r\n <Karen@tryllerup.example>\r\nTo: u@x.example\r\n"
    data = outlook_reply(UID, "chef@tryllerup.example", at=AT, headers=headers)
    (reply,), senders = read_saved(data)
    assert (reply.email, senders) == ("chef@tryllerup.example", ("Karen@tryllerup.example",))
    both = outlook_reply(UID, KAREN, at=AT, headers=f"{headers}From: x@x.example\r\n")
    assert read_saved(both)[1] == ("Karen@tryllerup.example", "x@x.example")


def test_a_chain_that_is_a_loop_ends():
    data = bytearray(compound_file({"large": b"x" * 9000}))
    table = (len(data) - 512) // 512 * 512
    first = struct.unpack_from("<I", data, table)[0]
    assert first == 1
    struct.pack_into("<I", data, table + 4, 0)  # the second sector leads back to the first
    file = CompoundFile(bytes(data))
    with pytest.raises(Damaged):
        file.read(file.within()["large"])


def test_sectors_that_say_they_go_on_for_ever_end():
    data = bytearray(compound_file({"small": b"x"}))
    struct.pack_into("<I", data, 68, 0)  # more of the table, in a sector that names itself
    struct.pack_into("<I", data, 512 + 508, 0)
    with pytest.raises(Damaged):
        CompoundFile(bytes(data))


def test_neighbours_in_a_circle_are_met_once():
    data = compound_file({"one": b"1", "two": b"2"})
    at = data.index("two".encode("utf-16-le"))
    broken = data[: at + 72] + struct.pack("<I", 1) + data[at + 76 :]
    assert set(CompoundFile(broken).within()) == {"one", "two"}


def test_a_stream_that_claims_to_be_huge_is_as_long_as_it_is():
    data = compound_file({"one": b"1" * 100})
    at = data.index("one".encode("utf-16-le"))
    broken = data[: at + 120] + struct.pack("<Q", 2000) + data[at + 128 :]
    file = CompoundFile(broken)
    assert len(file.read(file.within()["one"])) <= 2000


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_broken_file_does_worse_than_be_refused(data):
    good = bytearray(outlook_reply(UID, KAREN, at=AT, body="Hej"))
    for _ in range(data.draw(st.integers(1, 8))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(good)))
    for broken in (bytes(good), bytes(good[:cut])):
        assert outlook(broken).keys() <= {"replies", "senders", "refused"}


def test_what_is_no_outlook_file_inside_is_said_to_be_damaged():
    with pytest.raises(CalendarUnreadable) as unreadable:
        read_saved(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000)
    assert unreadable.value.code == "damaged"
