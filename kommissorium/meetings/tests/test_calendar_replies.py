"""Answers out of calendar files: the newest of each person, and a report of every file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from kommissorium.conftest import address, time_is
from kommissorium.core.documents.calendar import read_replies
from kommissorium.core.tests.documents.outlook_file import outlook_reply
from kommissorium.meetings.actions.answers import answer
from kommissorium.meetings.actions.calendar import cancel_meeting
from kommissorium.meetings.actions.calendar_programs import take_mailed_reply, take_replies
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.models import Attendance, Meeting


@pytest.fixture
def called(cast, meeting) -> Meeting:
    call_meeting(meeting, by=cast.coordinator)
    return meeting


def reply(
    meeting: Meeting,
    who: str,
    partstat: str = "ACCEPTED",
    *,
    sequence: int = 0,
    stamp: datetime | None = None,
    uid: str = "",
    comment: str = "",
) -> bytes:
    at = (stamp or timezone.now() + timedelta(seconds=2)).astimezone(UTC)
    lines = [
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "VERSION:2.0",
        "BEGIN:VEVENT",
        f"UID:{uid or meeting.uid}@127.0.0.1",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{at:%Y%m%dT%H%M%S}Z",
        f"ATTENDEE;PARTSTAT={partstat}:MAILTO:{who.upper()}",
        *([f"COMMENT:{comment}"] if comment else []),
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()


def of(meeting: Meeting, who) -> Attendance:
    return meeting.attendances.get(person=who)


def test_an_answer_is_noted_whatever_the_case_of_the_address(cast, called):
    data = reply(called, address("member"), "DECLINED", comment="Ferie")
    (report,) = take_replies(called, [("svar.ics", data)], by=cast.coordinator)
    assert report.taken and cast.member.name in report.sentences[0]
    own = of(called, cast.member)
    assert (own.answer, own.answered_by_way, own.apology) == ("declined", "unproven", "Ferie")


def test_an_answer_in_a_saved_mail_is_of_who_sent_it_alone(cast, called):
    def saved(sender: str) -> bytes:
        mail = EmailMessage()
        mail["From"] = f"Nogen <{sender}>"
        mail.set_content("Svar")
        calendar = reply(called, address("member"), "DECLINED").decode()
        mail.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
        return mail.as_bytes()

    forged = [("svar.eml", saved(address("chair")))]
    (report,) = take_replies(called, forged, by=cast.coordinator)
    assert not report.taken and address("chair") in report.sentences[0]
    assert of(called, cast.member).answer == ""
    own = [("svar.eml", saved(address("member").upper()))]
    (report,) = take_replies(called, own, by=cast.coordinator)
    assert report.taken and of(called, cast.member).answer == "declined"
    assert of(called, cast.member).answered_by_way == "calendar"


@pytest.mark.parametrize(
    ("proof", "outcome", "way"),
    [
        ("pass", "taken", "mail"),
        ("", "taken", "unsure"),
        ("none", "taken", "unsure"),
        ("fail", "other_sender", ""),
        ("temperror", "other_sender", ""),
    ],
)
def test_an_answer_by_mail_is_as_certain_as_our_server_says(cast, called, proof, outcome, way):
    (answered,) = read_replies(reply(called, address("member")))
    assert take_mailed_reply(answered, (address("member"),), proof) == outcome
    assert of(called, cast.member).answered_by_way == way


def test_of_several_answers_the_newest_counts_in_whatever_order_they_come(cast, called):
    now = timezone.now()
    old = reply(called, address("member"), "DECLINED", stamp=now - timedelta(minutes=5))
    new = reply(called, address("member"), "TENTATIVE", stamp=now - timedelta(minutes=1))
    for files in ([("1", old), ("2", new)], [("2", new), ("1", old)]):
        Attendance.objects.update(answer="", answer_stamp=None)
        reports = {r.name: r.taken for r in take_replies(called, files, by=cast.coordinator)}
        assert reports == {"1": False, "2": True}
        assert of(called, cast.member).answer == "tentative"


def test_the_same_file_read_twice_changes_nothing_more(cast, called):
    data = reply(called, address("member"), stamp=timezone.now() - timedelta(minutes=1))
    assert take_replies(called, [("svar.ics", data)], by=cast.coordinator)[0].taken
    before = of(called, cast.member).edit_version
    assert not take_replies(called, [("svar.ics", data)], by=cast.coordinator)[0].taken
    assert of(called, cast.member).edit_version == before


def test_an_older_file_does_not_undo_what_was_answered_on_the_page(cast, called):
    data = reply(called, address("member"), stamp=timezone.now() - timedelta(minutes=1))
    answer(of(called, cast.member), by=cast.member, answer="declined", way="page")
    assert not take_replies(called, [("svar.ics", data)], by=cast.coordinator)[0].taken
    assert of(called, cast.member).answer == "declined"


def test_a_clock_that_is_years_ahead_does_not_lock_out_later_answers(cast, called):
    far = timezone.localtime() + timedelta(days=4000)
    data = reply(called, address("member"), "DECLINED", stamp=far)
    take_replies(called, [("svar.ics", data)], by=cast.coordinator)
    with time_is(timezone.now() + timedelta(minutes=5)):
        later = reply(called, address("member"), "ACCEPTED", stamp=timezone.now())
        take_replies(called, [("svar.ics", later)], by=cast.coordinator)
    assert of(called, cast.member).answer == "accepted"


def test_what_cannot_be_used_is_reported_and_the_rest_is_taken(cast, called):
    files = [
        ("kalender.txt", b"Hej"),
        ("andet.ics", reply(called, address("chair"), uid="11111111-2222")),
        ("fremmed.ics", reply(called, "fremmed@example.org")),
        ("fremtid.ics", reply(called, address("dpo"), sequence=99)),
        ("god.ics", reply(called, address("member"))),
    ]
    reports = take_replies(called, files, by=cast.coordinator)
    assert [report.taken for report in reports] == [False, False, False, False, True]
    assert all(report.sentences for report in reports)
    answered = called.attendances.exclude(answer="").values_list("person__email", flat=True)
    assert list(answered) == [address("member")]


def test_an_answer_of_classic_outlook_is_taken_with_its_comment(cast, called):
    uid, now = f"{called.uid}@127.0.0.1", timezone.now()
    data = outlook_reply(uid, address("member"), "Tent", at=now, body="Hvis toget går")
    (report,) = take_replies(called, [("svar.msg", data)], by=cast.coordinator)
    assert report.taken, report.sentences
    own = of(called, cast.member)
    assert (own.answer, own.answered_by_way, own.apology) == (
        "tentative",
        "unproven",
        "Hvis toget går",
    )
    assert "siger ikke, hvem" in report.sentences[0]


def test_an_answer_of_classic_outlook_is_of_who_its_mail_was_from_alone(cast, called):
    def saved(sender: str) -> bytes:
        headers = f"Received: by x\r\nFrom: Nogen <{sender}>\r\nTo: udvalg@x.example\r\n"
        uid = f"{called.uid}@127.0.0.1"
        return outlook_reply(uid, address("member"), "Neg", at=timezone.now(), headers=headers)

    forged = [("svar.msg", saved(address("chair")))]
    (report,) = take_replies(called, forged, by=cast.coordinator)
    assert not report.taken and address("chair") in report.sentences[0]
    assert of(called, cast.member).answer == ""
    own = [("svar.msg", saved(address("member").upper()))]
    (report,) = take_replies(called, own, by=cast.coordinator)
    assert report.taken and "siger ikke, hvem" not in report.sentences[0]
    assert of(called, cast.member).answered_by_way == "calendar"


def test_the_page_of_answers_says_that_nothing_said_who_sent_it(cast, called, client_of):
    take_replies(called, [("svar.ics", reply(called, address("member")))], by=cast.coordinator)
    shown = client_of("coordinator").get(f"/meetings/{called.pk}/answers/").text
    assert "med kalenderfil; usikkert, hvem der har sendt den" in shown


def test_files_are_read_on_the_page_by_the_secretary_alone(cast, called, client_of):
    url = f"/meetings/{called.pk}/answers/calendar-files/"
    assert client_of("member").get(url).status_code == 403
    assert client_of("employee").get(url).status_code == 404
    client = client_of("coordinator")
    assert client.get(url).status_code == 200
    assert client.post(url, {}).status_code == 400
    good = SimpleUploadedFile("god.ics", reply(called, address("member")))
    bad = SimpleUploadedFile("stor.ics", b"x" * (2 * 1024 * 1024))
    response = client.post(url, {"replies": [good, bad]})
    html = response.content.decode()
    assert response.status_code == 200 and "god.ics" in html and "stor.ics" in html
    assert of(called, cast.member).answer == "accepted"


def test_a_cancelled_meeting_takes_no_files(cast, called, client_of):
    cancel_meeting(called, by=cast.coordinator, because="Sygdom")
    url = f"/meetings/{called.pk}/answers/calendar-files/"
    assert client_of("coordinator").get(url).status_code == 400
