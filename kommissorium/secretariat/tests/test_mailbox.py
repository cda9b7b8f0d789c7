"""Answers read from a real mailbox: by TLS, once, and only from whoever is invited."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.utils import timezone

from kommissorium.conftest import address, in_days
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mailbox import actions as mailbox_actions
from kommissorium.core.mailbox.connection import Mailbox
from kommissorium.core.mailbox.models import MailboxState, ReceivedMail
from kommissorium.core.tests.mail.dovecot import PASSWORD, PROGRAM, USER, ImapServer, imap_server
from kommissorium.core.tests.mail.letters import letter
from kommissorium.incidents.actions.settings import change_settings
from kommissorium.incidents.models import Incident
from kommissorium.meetings.actions.calendar import move_meeting
from kommissorium.meetings.actions.call import call_meeting
from kommissorium.meetings.models import Attendance, Meeting
from kommissorium.secretariat.mailbox import read_answers
from kommissorium.secretariat.neighbours import heads_kept

if PROGRAM is None and os.environ.get("CI"):
    raise RuntimeError("dovecot is wanted (Debian: dovecot-imapd)")
pytestmark = pytest.mark.skipif(
    PROGRAM is None or os.getuid() != 0, reason="needs dovecot (dovecot-imapd), as root"
)

Outcome = ReceivedMail.Outcome


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    with imap_server() as server:
        yield server


@pytest.fixture
def server(running: ImapServer, settings, monkeypatch) -> ImapServer:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_USE_SSL = (
        "localhost",
        running.tls_port,
        True,
    )
    settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER = USER, PASSWORD, "INBOX"
    running.empty()
    return running


@pytest.fixture
def called(cast, meeting) -> Meeting:
    call_meeting(meeting, by=cast.coordinator)
    meeting.refresh_from_db()
    return meeting


def reply(
    meeting: Meeting,
    who: str,
    partstat: str = "ACCEPTED",
    *,
    sender: str = "",
    sequence: int | None = None,
    uid: str = "",
    comment: str = "",
) -> bytes:
    at = (timezone.now() + timedelta(seconds=1)).astimezone(UTC)
    number = meeting.sequence if sequence is None else sequence
    calendar = "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "METHOD:REPLY",
            "VERSION:2.0",
            "BEGIN:VEVENT",
            f"UID:{uid or meeting.uid}@127.0.0.1",
            f"SEQUENCE:{number}",
            f"DTSTAMP:{at:%Y%m%dT%H%M%S}Z",
            f"ATTENDEE;PARTSTAT={partstat}:mailto:{who}",
            *([f"COMMENT:{comment}"] if comment else []),
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )
    mail = EmailMessage()
    mail["From"] = f"Én af dem <{sender or who}>"
    mail["Subject"] = f"Svar fra {who}: æøå"
    mail.set_content("Svar")
    mail.add_alternative(calendar, subtype="calendar", params={"method": "REPLY"})
    return mail.as_bytes()


def bounce(
    message_id: str, action: str = "failed", status: str = "5.1.1", returns_to: str = "<>"
) -> bytes:
    return "\r\n".join(
        [
            "Return-Path: " + returns_to,
            "From: MAILER-DAEMON@mail.tryllerup.example",
            "Subject: Undelivered Mail Returned to Sender",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "MIME-Version: 1.0",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "Sorry.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mail.tryllerup.example",
            "",
            "Final-Recipient: rfc822; member@tryllerup.example",
            f"Action: {action}",
            f"Status: {status}",
            "Diagnostic-Code: smtp; 550 5.1.1 nobody has that address",
            "",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: {message_id}",
            "Subject: Indkaldelse",
            "",
            "--b--",
            "",
        ]
    ).encode()


def outcomes() -> list[str]:
    return list(ReceivedMail.objects.order_by("pk").values_list("outcome", flat=True))


def of(meeting: Meeting, who) -> Attendance:
    return meeting.attendances.get(person=who)


def test_an_answer_is_taken_as_its_persons_own_and_the_mail_marked_as_read(
    cast, called, server, client_of
):
    server.deliver(reply(called, address("member"), "TENTATIVE", comment="Hvis toget går"))
    assert read_answers() == 1
    own = of(called, cast.member)
    assert (own.answer, own.answered_by_way, own.apology) == (
        "tentative",
        "unsure",
        "Hvis toget går",
    )
    assert Event.objects.filter(act="meetings.answered").get().actor == str(cast.member.pseudonym)
    assert server.unread() == 0
    assert read_answers() == 0
    page = client_of("coordinator").get(f"/meetings/{called.pk}/answers/").content.decode()
    assert "på mail fra kalenderen" in page


def test_a_port_that_begins_plain_is_read_by_tls_alone(cast, called, server, settings):
    settings.IMAP_PORT, settings.IMAP_USE_SSL = server.port, False
    server.deliver(reply(called, address("member")))
    assert read_answers() == 1
    assert of(called, cast.member).answer == "accepted"


def test_many_mails_and_what_became_of_each(cast, called, server, client_of):
    stranger, member = "fremmed@example.org", address("member")
    zipped = EmailMessage()
    zipped["From"] = stranger
    zipped.add_attachment(b"PK\x03\x04" + bytes(200_000), maintype="application", subtype="zip")
    nested = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 2000
    hostile = {
        Outcome.NO_REPLY: [
            b"From: spam@example.org\r\nSubject: Tilbud\r\n\r\nHej",
            b"\x00\xff" * 5000,
            zipped.as_bytes(),
            nested,
            b"Content-Type: text/calendar" + b";" * 300_000 + b"\r\n\r\nBEGIN:VCALENDAR",
            b"From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"=" * 100_000,
            reply(called, member).replace(b"METHOD:REPLY", b"METHOD:COUNTER"),
            reply(called, member).replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\n" * 6000),
        ],
        Outcome.INCOMPLETE: [
            reply(called, member).replace(b"DTSTAMP:", b"X-DTSTAMP:"),
            reply(called, member, "DELEGATED"),
        ],
        Outcome.LARGE: [b"From: tung@b.example\r\n\r\n" + b"x" * 40_000_000],
        Outcome.OTHER_SENDER: [
            reply(called, member, "DECLINED", sender=stranger),
            reply(called, member, "DECLINED").replace(
                b"\nSubject", b"\nFrom: x@y.example\nSubject"
            ),
            reply(called, member, "DECLINED", sender=f"{member}>, <{stranger}"),
        ],
        Outcome.OTHER_MEETING: [
            reply(called, member, uid="ikke-vores"),
            reply(called, member, uid="5a7fbc41-83a5-4a39-90f0-5a6a4ab8f6a2"),
        ],
        Outcome.NOT_CALLED: [reply(called, stranger)],
        Outcome.NEVER_SENT: [reply(called, member, sequence=99)],
        Outcome.NO_BOUNCE: [bounce("<ukendt@example.org>")],
    }
    good = [reply(called, address(who)) for who in ("chair", "dpo", "member")]
    mails = [mail for some in hostile.values() for mail in some]
    server.deliver(*mails, *good)
    assert read_answers() == len(mails) + 3
    expected = [outcome for outcome, some in hostile.items() for _mail in some]
    assert outcomes() == [*expected, *[Outcome.TAKEN] * 3]
    assert called.attendances.filter(answer="accepted").count() == 3
    assert called.attendances.filter(answer="declined").count() == 0
    assert server.unread() == len(mails), "what was not used stays for people"
    assert read_answers() == 0
    page = client_of("coordinator").get("/settings/mail/").content.decode()
    assert stranger in page and "tung@b.example" in page and "Større end et svar kan være" in page


def test_an_answer_to_a_former_time_is_not_taken_for_the_new_one(cast, called, server):
    old = reply(called, address("member"))
    move_meeting(
        called,
        by=cast.coordinator,
        starts_at=in_days(33, 9),
        ends_at=in_days(33, 11),
        place="Kantinen",
        link="",
        edit_version=called.edit_version,
    )
    server.deliver(old)
    read_answers()
    assert outcomes() == [Outcome.FORMER]
    assert of(called, cast.member).answer == ""


def test_a_crash_between_answer_and_mark_doubles_nothing(cast, called, server, monkeypatch):
    server.deliver(reply(called, address("member")))
    with monkeypatch.context() as patch:
        patch.setattr(Mailbox, "mark_read", _crash)
        with pytest.raises(KeyboardInterrupt):
            read_answers()
    assert server.unread() == 1
    version = of(called, cast.member).edit_version
    assert read_answers() == 0
    assert (server.unread(), of(called, cast.member).edit_version) == (0, version)


def test_a_crash_before_the_answer_is_kept_loses_nothing(cast, called, server, monkeypatch):
    server.deliver(reply(called, address("member")))
    with monkeypatch.context() as patch:
        patch.setattr(mailbox_actions, "_noted", _crash)
        with pytest.raises(KeyboardInterrupt):
            read_answers()
    assert of(called, cast.member).answer == "" and not ReceivedMail.objects.exists()
    assert read_answers() == 1
    assert of(called, cast.member).answer == "accepted"


def test_one_mail_that_our_own_code_does_not_bear_stops_no_other(called, server, monkeypatch):
    server.deliver(b"From: a@b.example\r\n\r\nHej", reply(called, address("member")))
    real = mailbox_actions._taken

    def taken(letter, take):
        if not letter.replies:
            raise RecursionError
        return real(letter, take)

    monkeypatch.setattr(mailbox_actions, "_taken", taken)
    assert read_answers() == 2
    assert outcomes() == [Outcome.DAMAGED, Outcome.TAKEN]


def test_the_answer_of_one_who_has_left_is_not_taken(cast, called, server):
    type(cast.member).objects.filter(pk=cast.member.pk).update(is_active=False)
    server.deliver(reply(called, address("member")))
    read_answers()
    assert outcomes() == [Outcome.NOT_CALLED]


def test_a_mail_that_did_not_arrive_is_shown_beside_the_answer(cast, called, server, client_of):
    OutboxMail.objects.waiting().update(sent_at=timezone.now())
    mail = OutboxMail.objects.get(recipient=address("member"))
    late = OutboxMail.objects.get(recipient=address("chair"))
    server.deliver(
        bounce(mail.message_id),
        bounce(late.message_id, action="delayed", status="4.4.1"),
    )
    read_answers()
    assert outcomes() == [Outcome.BOUNCED, Outcome.NO_REPLY]
    mail.refresh_from_db()
    late.refresh_from_db()
    assert mail.given_up_at and "5.1.1 nobody has that address" in mail.last_error
    assert late.given_up_at is None
    page = client_of("coordinator").get(f"/meetings/{called.pk}/answers/").content.decode()
    assert page.count("Mailen kom ikke frem") == 1
    assert "Kom ikke frem" in client_of("coordinator").get("/settings/mail/").content.decode()


def test_a_bounce_that_no_database_can_hold_stops_no_other_mail(cast, called, server):
    OutboxMail.objects.waiting().update(sent_at=timezone.now())
    mail = OutboxMail.objects.get(recipient=address("member"))
    odd = bounce(mail.message_id).replace(b"nobody has", b"nobody\xff\xed\xa0\x80 has")
    hidden = b64encode(f"Message-ID: {mail.message_id}\x00\r\n\r\n".encode()).decode()
    coded = bounce("<x>").replace(
        b"rfc822-headers\r\n\r\nMessage-ID: <x>\r\nSubject: Indkaldelse",
        f"rfc822-headers\r\nContent-Transfer-Encoding: base64\r\n\r\n{hidden}".encode(),
    )
    server.deliver(odd, coded, reply(called, address("chair")))
    read_answers()
    assert outcomes() == [Outcome.BOUNCED, Outcome.BOUNCED, Outcome.TAKEN]
    mail.refresh_from_db()
    assert "nobody" in mail.last_error


def test_who_is_not_told_by_a_bounce_of_a_mail_that_has_not_left(db, server):
    queue_mail(to="karen@tryllerup.example", kind="x", key="1", letter=letter())
    server.deliver(bounce(OutboxMail.objects.get().message_id))
    read_answers()
    assert outcomes() == [Outcome.NO_BOUNCE]
    assert OutboxMail.objects.get().given_up_at is None


@pytest.mark.once  # what a server does is the same on every database
@pytest.mark.parametrize(
    ("problem", "wrong"),
    [
        ("sign_in", {"IMAP_PASSWORD": "guessed"}),
        ("certificate", {}),
        ("closed", {"IMAP_PORT": 1}),
        ("folder", {"IMAP_FOLDER": 'Fin"des ikke'}),
        ("tls", {"IMAP_PORT": "plain"}),
        ("name", {"IMAP_HOST": "findes-ikke.invalid"}),
    ],
)
def test_a_mailbox_that_cannot_be_read_is_told_and_tried_again(
    called, server, monkeypatch, problem, wrong
):
    server.deliver(reply(called, address("member")))
    with monkeypatch.context() as patch:
        if problem == "certificate":
            patch.delenv("SSL_CERT_FILE")
        for name, value in wrong.items():
            patch.setattr(settings, name, server.port if value == "plain" else value)
        assert read_answers() == 0
    state = MailboxState.objects.get()
    assert (state.problem, state.failures) == (problem, 1)
    assert state.next_at > timezone.now()
    settings.IMAP_PASSWORD, settings.IMAP_FOLDER, settings.IMAP_HOST = (
        PASSWORD,
        "INBOX",
        "localhost",
    )
    settings.IMAP_PORT = server.tls_port
    assert read_answers() == 0, "it waits"
    MailboxState.objects.update(next_at=timezone.now())
    assert read_answers() == 1
    assert MailboxState.objects.get().problem == ""


def test_administrators_are_told_once_when_it_goes_on(cast, settings, client_of):
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_USE_SSL = "localhost", 1, True
    waits = []
    for _try in range(5):
        assert read_answers() == 0
        state = MailboxState.objects.get()
        waits.append(round((state.next_at - timezone.now()).total_seconds() / 60))
        MailboxState.objects.update(next_at=timezone.now())
    assert waits == [1, 2, 4, 8, 16]
    told = OutboxMail.objects.filter(kind="secretariat.mailbox_silent")
    assert [mail.recipient for mail in told] == [address("administrator")]
    assert PASSWORD not in told[0].body
    page = client_of("administrator").get("/settings/mail/").content.decode()
    assert "Der svarer ikke noget" in page


def test_without_a_mailbox_nothing_is_read_and_the_page_says_so(cast, client_of):
    assert read_answers() == 0
    assert not MailboxState.objects.exists()
    assert "IMAP_HOST" in client_of("administrator").get("/settings/mail/").content.decode()


def _crash(*_about: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_a_neighbours_head_is_kept_and_its_mail_marked_as_read(cast, server, settings):
    settings.NEIGHBOURS = ["isms@nabokommune.example"]
    for sender in ("isms@nabokommune.example", "en@anden.example"):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = sender, f"Ankerpunkt, {timezone.localdate()}"
        mail.set_content(f"7:{'a' * 64}")
        server.deliver(mail.as_bytes())
    assert read_answers() == 2
    assert outcomes() == [Outcome.HEAD, Outcome.NO_REPLY]
    assert server.unread() == 1
    assert [one.seq for one in heads_kept()["isms@nabokommune.example"]] == [7]


def test_a_report_of_an_incident_is_taken_in_and_who_sent_it_is_not_listed(cast, server):
    values = {"report_address": "sikkerhed@tryllerup.example"}
    change_settings(by=cast.coordinator, values=values, edit_version=1)
    mail = EmailMessage()
    mail["From"], mail["To"] = address("employee"), values["report_address"]
    mail["Subject"] = "Der ringede nogen"
    mail.set_content("De ville have min kode.")
    server.deliver(mail.as_bytes())
    assert read_answers() == 1 and read_answers() == 0
    assert outcomes() == [Outcome.REPORTED]
    assert not ReceivedMail.objects.exclude(sender="", subject="").exists()
    assert "min kode" in Incident.objects.get().what
    with Mailbox() as mailbox:
        assert mailbox.unread() == []
