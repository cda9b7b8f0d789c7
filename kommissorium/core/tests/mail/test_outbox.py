"""The outbox: queued once, sent once, tried again, given up in the end."""

from __future__ import annotations

import smtplib
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from kommissorium.conftest import time_is
from kommissorium.core.mail import delivery
from kommissorium.core.mail.actions import (
    CLAIM,
    FEWEST_ATTEMPTS,
    GIVE_UP_AFTER,
    gather_mail,
    prolong_waiting,
    queue_mail,
    send_due,
    take_gathered,
)
from kommissorium.core.mail.letter import Listed
from kommissorium.core.mail.models import LONGEST_WAIT, OutboxMail
from kommissorium.core.tests.mail.letters import letter

TO = "karen@tryllerup.example"


def queue(key: str = "1", **more) -> bool:
    said = letter(more.pop("subject", "Møde"))
    return queue_mail(key=key, letter=said, **{"to": TO, "kind": "core.try"} | more)


@pytest.fixture
def broken(monkeypatch):
    """A mail server that refuses; returns the list of attempts."""
    attempts = []

    def refuse(mailer, message):
        attempts.append(message.to)
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr("kommissorium.core.mail.delivery.hand_over", refuse)
    return attempts


def test_the_same_cause_is_queued_once(db):
    assert queue()
    assert not queue(subject="Noget andet")
    assert queue(key="2")
    assert queue(to="morten@tryllerup.example")
    assert queue(kind="core.other")
    assert OutboxMail.objects.count() == 4


def test_a_mail_leaves_once_with_the_identity_it_was_queued_with(db):
    queue()
    assert send_due() == 1
    assert send_due() == 0
    (sent,) = mail.outbox
    row = OutboxMail.objects.get()
    assert (sent.to, sent.subject, sent.body) == ([TO], "Møde", letter().text)
    assert sent.extra_headers["Message-ID"] == row.message_id
    assert row.sent_at is not None
    assert row.attempts == 1


def test_a_line_break_in_the_subject_makes_no_header(db):
    queue(subject="Møde\r\nBcc: alle@tryllerup.example")
    send_due()
    assert mail.outbox[0].subject == "Møde Bcc: alle@tryllerup.example"


def test_nothing_leaves_before_it_is_due(db):
    now = timezone.now()
    queue(due=now + timedelta(hours=1))
    assert send_due(now + timedelta(minutes=59)) == 0
    assert send_due(now + timedelta(minutes=61)) == 1


def test_what_is_of_no_use_any_more_is_dropped_and_lets_its_thread_go_on(db):
    now = timezone.now()
    queue(thread="møde", useful_until=now, due=now)
    queue(key="2", thread="møde", due=now)
    assert send_due(now) == 1
    dropped = OutboxMail.objects.get(key="1")
    assert (dropped.sent_at, dropped.dropped_at, dropped.attempts) == (None, now, 0)
    assert not OutboxMail.objects.waiting().exists()


def test_a_meeting_that_is_moved_lets_its_call_be_of_use_for_longer(db):
    now = timezone.now()
    queue(thread="møde", useful_until=now, due=now)
    prolong_waiting(thread="møde", useful_until=now + timedelta(hours=1))
    assert send_due(now) == 1


def test_what_is_gathered_is_one_mail_until_it_leaves(db):
    said = [replace(letter(), lists=[Listed.of("Gjort", [text])]) for text in "abc"]
    for key, one in enumerate(said):
        gather_mail(to=TO, kind="core.day", key=f"{key}", letter=one, due=timezone.now())
        if key == 1:
            assert send_due() == 1
    first, second = OutboxMail.objects.order_by("pk")
    assert "– a\n– b" in first.body and "– c" in second.body and "– a" not in second.body
    assert [one.words for one in take_gathered(to=TO, kind="core.day")] == ["c"]


def test_the_oldest_leaves_first_and_no_more_than_asked(db):
    now = timezone.now()
    for key in ("3", "1", "2"):
        queue(key=key, due=now - timedelta(hours=int(key)), subject=key)
    assert send_due(now, most=2) == 2
    assert [message.subject for message in mail.outbox] == ["3", "2"]


def test_a_mail_in_another_workers_hands_is_left_alone_until_its_claim_ends(db):
    queue()
    now = timezone.now()
    OutboxMail.objects.update(claimed_until=now + CLAIM)  # claimed by a worker that was killed
    assert send_due(now) == 0
    assert send_due(now + CLAIM) == 1


def test_a_refused_mail_is_tried_again_after_growing_pauses(db, broken):
    queue()
    start = now = timezone.now()
    pauses = []
    for _attempt in range(11):
        assert send_due(now) == 0
        row = OutboxMail.objects.get()
        pauses.append(row.claimed_until - now)
        assert send_due(row.claimed_until - timedelta(seconds=1)) == 0
        now = row.claimed_until
    assert pauses[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert pauses[-1] == LONGEST_WAIT
    assert len(broken) == 11
    assert "gone" in row.last_error
    assert now - start < GIVE_UP_AFTER


def test_a_mail_is_given_up_after_a_week_and_stays_to_be_seen(db, broken):
    now = timezone.now()
    queue(due=now - GIVE_UP_AFTER - timedelta(minutes=1))
    OutboxMail.objects.update(attempts=FEWEST_ATTEMPTS - 1)
    assert send_due(now) == 0
    row = OutboxMail.objects.get()
    assert row.given_up_at == now
    assert send_due(now + timedelta(days=1)) == 0
    assert len(broken) == 1


def test_a_clock_set_forward_gives_no_mail_up(db, broken):
    queue()
    ahead = timezone.localtime() + timedelta(days=400)
    assert send_due(ahead) == 0
    assert OutboxMail.objects.get().given_up_at is None


def test_a_clock_set_back_holds_no_mail_back(db, broken, monkeypatch):
    now = timezone.now()
    ahead = now + timedelta(days=400)
    with time_is(ahead):
        queue(key="queued")
        queue(key="tried", due=now)
        send_due(timezone.now())
    assert all(row.claimed_until > ahead for row in OutboxMail.objects.all())
    monkeypatch.undo()
    assert send_due(now) == 2
    assert send_due(now) == 0
    assert len(mail.outbox) == 2


def test_a_mail_for_a_later_day_waits_for_it(db):
    now = timezone.now()
    queue(due=now + timedelta(days=2))
    assert send_due(now) == 0
    assert send_due(now + timedelta(days=2)) == 1


def test_one_refused_mail_stops_no_other(db, monkeypatch):
    queue(key="1", to="borte@tryllerup.example")
    queue(key="2")
    send = delivery.hand_over

    def refuse_one(mailer, message):
        if message.to != [TO]:
            raise OSError("no route")
        send(mailer, message)

    monkeypatch.setattr("kommissorium.core.mail.delivery.hand_over", refuse_one)
    assert send_due() == 1
    assert [message.to for message in mail.outbox] == [[TO]]


def test_a_mail_goes_with_the_change_that_failed(committing):
    with pytest.raises(ValueError, match="failed"), transaction.atomic():
        queue()
        raise ValueError("failed")
    assert OutboxMail.objects.count() == 0


def test_workers_at_the_same_time_send_each_mail_once(committing, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "kommissorium.core.mail.delivery.hand_over",
        lambda _mailer, message: sent.append(message.subject),
    )
    for number in range(12):
        queue(key=str(number), subject=str(number))
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
    assert sorted(sent, key=int) == [str(number) for number in range(12)]
    assert sum(counts) == 12
