"""Until mail is set up all mails wait: none is printed, tried or given up."""

from __future__ import annotations

from datetime import date, timedelta

from django.core import mail
from django.utils import timezone

from kommissorium.core.mail.actions import FEWEST_ATTEMPTS, GIVE_UP_AFTER, send_due
from kommissorium.core.mail.digest import send_digests
from kommissorium.core.mail.models import OutboxMail, Reminded
from kommissorium.core.mail.set_up import NOWHERE
from kommissorium.core.tests.mail.test_digest import reminder
from kommissorium.core.tests.mail.test_outbox import queue

THERE = "django.core.mail.backends.locmem.EmailBackend"


def test_what_is_queued_waits_and_leaves_when_mail_is_there(db, settings, capsys):
    settings.EMAIL_BACKEND = NOWHERE
    now = timezone.now()
    queue(due=now - timedelta(days=30))
    for day in range(30):
        assert send_due(now + timedelta(days=day)) == 0
    row = OutboxMail.objects.get()
    assert (row.attempts, row.sent_at, row.given_up_at, row.claimed_until) == (0, None, None, None)
    assert capsys.readouterr() == ("", "")
    settings.EMAIL_BACKEND = THERE
    assert send_due(now) == 1
    assert len(mail.outbox) == 1


def test_a_server_named_wrongly_after_long_gives_nothing_up_for_a_week(db, settings, monkeypatch):
    def refuse(mailer, message):
        raise OSError("no route")

    monkeypatch.setattr("kommissorium.core.mail.delivery.hand_over", refuse)
    start = now = timezone.now()
    queue(due=start - timedelta(days=30))
    for _attempt in range(FEWEST_ATTEMPTS - 1):
        send_due(now)
        row = OutboxMail.objects.get()
        assert row.given_up_at is None
        now = row.claimed_until
    send_due(now)
    assert OutboxMail.objects.get().given_up_at == now
    assert now - start >= GIVE_UP_AFTER


def test_reminders_are_not_heaped_up_meanwhile(db, settings):
    settings.EMAIL_BACKEND = NOWHERE
    first = date(2026, 11, 1)
    for day in range(20):
        assert send_digests([reminder(f"task:{day}")], first + timedelta(days=day)) == 0
    assert not OutboxMail.objects.exists()
    assert not Reminded.objects.exists()
    settings.EMAIL_BACKEND = THERE
    assert send_digests([reminder("task:19")], first + timedelta(days=20)) == 1
