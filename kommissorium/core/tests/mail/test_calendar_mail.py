"""Mails with a calendar file: which leave, in which order, and through which trouble."""

from __future__ import annotations

import email.policy
import smtplib
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import icalendar
import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kommissorium.core.documents.calendar import Attendee, CalendarEntry, cancel, request
from kommissorium.core.mail.actions import (
    CLAIM,
    FEWEST_ATTEMPTS,
    GIVE_UP_AFTER,
    queue_mail,
    send_due,
)
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.tests.mail.letters import letter

KAREN, MORTEN = "karen@tryllerup.example", "morten@tryllerup.example"
HOUR = timedelta(hours=1)
ENTRY = CalendarEntry(
    uid="4@tryllerup.example",
    sequence=0,
    starts_at=datetime(2026, 11, 17, 8, tzinfo=UTC),
    ends_at=datetime(2026, 11, 17, 10, tzinfo=UTC),
    summary="Udvalgsmøde: æøå",
    stamped_at=datetime(2026, 10, 1, tzinfo=UTC),
    organizer_email="udvalg@tryllerup.example",
    attendees=(Attendee("Karen", KAREN),),
)
INVITATION = request(ENTRY)
CANCELLATION = cancel(ENTRY)


def queue(key: str, to: str = KAREN, thread: str = "meeting:4", **more) -> bool:
    values = {"kind": "core.try", "letter": letter(key)} | more
    return queue_mail(to=to, key=key, thread=thread, **values)


def invite(key: str = "invitation", **more) -> bool:
    return queue(key, calendar=INVITATION, calendar_method="REQUEST", **more)


def call_off(key: str = "cancellation", **more) -> bool:
    return queue(key, calendar=CANCELLATION, calendar_method="CANCEL", **more)


def subjects() -> list[str]:
    return [str(message.subject) for message in mail.outbox]


class Server:
    """A mail server that is down for a while, and the mails handed to it."""

    def __init__(self) -> None:
        self.down = False
        self.refused: set[str] = set()
        self.tried: list[str] = []
        self.ids: list[str] = []

    def send(self, message) -> int:
        self.tried.append(message.subject)
        if self.down or message.to[0] in self.refused:
            raise smtplib.SMTPServerDisconnected("down")
        self.ids.append(message.extra_headers["Message-ID"])
        mail.outbox.append(message)
        return 1


@pytest.fixture
def server(monkeypatch) -> Server:
    server = Server()
    monkeypatch.setattr(
        "kommissorium.core.mail.delivery.hand_over", lambda _mailer, message: server.send(message)
    )
    return server


def sent_as_bytes():
    send_due()
    (message,) = mail.outbox
    raw = message.message(policy=email.policy.SMTP).as_bytes()
    return message_from_bytes(raw, policy=email.policy.default)


@pytest.mark.parametrize(
    ("queue_it", "method", "calendar"),
    [(invite, "REQUEST", INVITATION), (call_off, "CANCEL", CANCELLATION)],
    ids=["request", "cancel"],
)
def test_a_calendar_goes_beside_the_text_and_attached(db, queue_it, method, calendar):
    queue_it()
    message = sent_as_bytes()
    assert message.get_content_type() == "multipart/mixed"
    alternative, attached = message.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    text, html, beside = alternative.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert "Se dagsordenen." in text.get_content()
    assert text["Content-Transfer-Encoding"] == "quoted-printable"
    assert html.get_content_type() == "text/html"
    assert beside.get_content_type() == "text/calendar"
    assert beside["Content-Type"].params == {"method": method, "charset": "utf-8"}
    assert not beside.is_attachment()
    assert beside.get_payload(decode=True) == calendar
    assert (attached.get_content_type(), attached.get_filename()) == (
        "application/ics",
        "invite.ics",
    )
    assert attached.is_attachment()
    assert attached.get_content() == calendar


def test_the_method_in_the_header_is_the_one_in_the_file(db):
    invite()
    alternative, _attached = sent_as_bytes().iter_parts()
    beside = list(alternative.iter_parts())[2]
    inside = icalendar.Calendar.from_ical(beside.get_content())
    assert beside["Content-Type"].params["method"] == inside["METHOD"]
    assert inside.events[0]["SUMMARY"] == ENTRY.summary


def test_answers_go_where_the_mail_says(db):
    invite(reply_to="udvalg@tryllerup.example")
    message = sent_as_bytes()
    assert message["Reply-To"] == "udvalg@tryllerup.example"


def test_a_mail_without_calendar_is_text_twice_and_says_nothing_of_replies(db):
    queue("plain")
    message = sent_as_bytes()
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Reply-To" not in message


@pytest.mark.parametrize(
    "wrong",
    [
        {"calendar": INVITATION},
        {"calendar_method": "REQUEST"},
        {"calendar": INVITATION, "calendar_method": "REPLY"},
    ],
    ids=["no method", "no calendar", "other method"],
)
def test_a_calendar_and_what_it_asks_go_together(db, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        queue("wrong", **wrong)
    assert not OutboxMail.objects.exists()


def test_a_thread_leaves_in_order_in_one_run_whatever_is_due_first(db):
    now = timezone.now()
    invite(due=now - HOUR)
    invite("moved", due=now - 3 * HOUR)
    call_off(due=now - 2 * HOUR)
    assert send_due(now) == 3
    assert subjects() == ["invitation", "moved", "cancellation"]


def test_a_cancellation_waits_for_the_invitation_that_is_not_due_yet(db):
    now = timezone.now()
    invite(due=now + HOUR)
    call_off()
    assert send_due(now) == 0
    assert send_due(now + HOUR) == 2
    assert subjects() == ["invitation", "cancellation"]


def test_a_cancellation_never_overtakes_an_invitation_that_did_not_leave(db, server):
    invite()
    call_off()
    now = timezone.now()
    server.down = True
    assert send_due(now) == 0
    assert server.tried == ["invitation"]
    server.down = False
    assert send_due(now + timedelta(seconds=30)) == 0  # the invitation pauses, so both wait
    assert send_due(now + HOUR) == 2
    assert subjects() == ["invitation", "cancellation"]


def test_a_thread_goes_on_when_its_first_mail_is_given_up(db, server):
    now = timezone.now()
    invite(due=now - GIVE_UP_AFTER - HOUR)
    OutboxMail.objects.update(attempts=FEWEST_ATTEMPTS)
    call_off()
    server.down = True
    assert send_due(now) == 0
    assert OutboxMail.objects.get(subject="invitation").given_up_at == now
    server.down = False
    assert send_due(now + HOUR) == 1
    assert subjects() == ["cancellation"]


def test_other_people_and_other_threads_do_not_wait(db, server):
    invite()
    call_off()
    server.refused = {KAREN}
    invite("morten", to=MORTEN)
    call_off("morten off", to=MORTEN)
    assert send_due() == 2
    assert subjects() == ["morten", "morten off"]
    server.refused = set()
    invite("next meeting", thread="meeting:5")
    queue("no thread", thread="")
    assert send_due() == 2
    assert subjects()[2:] == ["next meeting", "no thread"]


def test_mails_without_a_thread_wait_for_none(db, server):
    now = timezone.now()
    queue("early", thread="", due=now + HOUR)
    queue("late", thread="", due=now)
    assert send_due(now) == 1
    assert subjects() == ["late"]


def test_a_day_without_mail_server_loses_nothing_and_doubles_nothing(db, server):
    people = [f"{number}@tryllerup.example" for number in range(30)]
    for person in people:
        invite(to=person)
    for person in people:
        call_off(to=person)
    start = now = timezone.now()
    server.down = True
    while now < start + timedelta(days=1):
        assert send_due(now, most=20) == 0
        now += HOUR
    server.down = False
    for _run in range(20):
        send_due(now, most=20)
        now += HOUR
    for person in people:
        left = [message.subject for message in mail.outbox if message.to == [person]]
        assert left == ["invitation", "cancellation"]
    assert len(mail.outbox) == len(set(server.ids)) == 2 * len(people)
    assert not OutboxMail.objects.filter(sent_at=None).exists()


def test_many_refused_mails_keep_no_new_one_waiting(db, server):
    now = timezone.now()
    for number in range(120):
        queue(str(number), to=f"{number}@gone.example", due=now - HOUR)
    server.down = True
    send_due(now)
    send_due(now)
    server.down = False
    queue("new", due=now)
    assert send_due(now) == 1
    assert subjects() == ["new"]


def test_workers_at_the_same_time_keep_a_thread_in_order(committing, server):
    for number in range(12):
        queue(str(number))
    start = threading.Barrier(3)
    counts, errors = [], []

    def work() -> None:
        try:
            start.wait(10)
            counts.append(send_due())
        except Exception as error:  # noqa: BLE001 whatever it is, the test must tell
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert subjects() == [str(number) for number in range(12)]
    assert sum(counts) == 12


def test_a_worker_killed_between_claim_and_sending_costs_only_time(db, monkeypatch, server):
    invite()
    call_off()
    now = timezone.now()
    message_id = OutboxMail.objects.get(subject="invitation").message_id

    def die(_mailer, _message):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr("kommissorium.core.mail.delivery.hand_over", die)
        with pytest.raises(SystemExit):
            send_due(now)
    assert send_due(now + CLAIM / 2) == 0  # nor does the cancellation go ahead of it
    assert send_due(now + CLAIM) == 2
    assert subjects() == ["invitation", "cancellation"]
    assert server.ids[0] == message_id


def test_a_worker_killed_after_sending_sends_the_same_mail_again(db, monkeypatch, server):
    invite()
    call_off()
    now = timezone.now()
    send = server.send

    def send_and_die(message):
        send(message)
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(server, "send", send_and_die)
        with pytest.raises(SystemExit):
            send_due(now)
    assert send_due(now + CLAIM) == 2
    assert subjects() == ["invitation", "invitation", "cancellation"]
    assert server.ids[0] == server.ids[1]


def test_a_mail_nobody_can_write_is_put_off_and_stops_no_other(db):
    queue("wrong", reply_to="udvalg@tryllerup.example\r\nBcc: all@tryllerup.example")
    queue("right", thread="")
    assert send_due() == 1
    assert subjects() == ["right"]
    assert OutboxMail.objects.get(subject="wrong").last_error


def queries_to_send(count: int, **more) -> int:
    for number in range(count):
        invite(f"{count} {number}", **more)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert send_due() == count
    return len(queries)


def test_each_mail_costs_the_same_queries(db):
    one, five, twenty = (queries_to_send(count, thread="") for count in (1, 5, 20))
    assert five - one == 4 * 3
    assert twenty - five == 15 * 3


def test_each_mail_of_a_thread_costs_the_same_queries(db):
    one, five, twenty = (queries_to_send(count) for count in (1, 5, 20))
    assert five - one == 4 * 4
    assert twenty - five == 15 * 4
