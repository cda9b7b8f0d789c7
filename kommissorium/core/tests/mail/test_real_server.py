"""Mails and a real mail server: TLS, sign-in, refusals, greylisting, and nobody there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from kommissorium.core.mail.actions import queue_mail, send_due
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.tests.mail.exim import PASSWORD, PROGRAM, USER, MailServer, mail_server
from kommissorium.core.tests.mail.letters import letter

if PROGRAM is None and os.environ.get("CI"):
    raise RuntimeError("exim4 is wanted (Debian: exim4-daemon-light)")
# Exim takes a configuration of ours from root alone.
pytestmark = pytest.mark.skipif(
    PROGRAM is None or os.getuid() != 0, reason="needs exim4 (exim4-daemon-light), as root"
)

SMTP = "django.core.mail.backends.smtp.EmailBackend"
KAREN = "karen@tryllerup.example"


@pytest.fixture(scope="module")
def running() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def server(running: MailServer, settings, monkeypatch) -> MailServer:
    monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "localhost"
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = running.port, True, False
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = USER, PASSWORD
    return running


def queue(key: str, to: str = KAREN, body: str = "Se dagsordenen: æøå.") -> OutboxMail:
    assert queue_mail(to=to, kind="core.try", key=key, letter=letter(f"Møde {key}", body))
    return OutboxMail.objects.get(recipient=to, key=key)


def errors() -> list[str]:
    """Return the server's words, for the message of a failing test."""
    return list(OutboxMail.objects.values_list("last_error", flat=True))


def again(mail: OutboxMail) -> OutboxMail:
    mail.refresh_from_db()
    return mail


def test_many_mails_leave_by_one_connection_and_arrive_as_written(db, server):
    before, there = server.connections(), len(server.mails(0))
    long = "Et afsnit, der er så langt, at ingen mailserver ville tage det som én linje. " * 20
    for number in range(5):
        queue(str(number), body=long)
    assert send_due() == 5, errors()
    mails = server.mails(there + 5)[there:]
    assert server.connections() - before == 1
    assert sorted(mail["Subject"] for mail in mails) == [f"Møde {number}" for number in range(5)]
    mail = mails[0]
    text, html = mail.iter_parts()
    assert text.get_content().startswith(long.strip())
    assert text["Content-Transfer-Encoding"] == "quoted-printable"
    assert f'{django_settings.SITE_URL}/meetings/1/"' in html.get_content()
    assert (mail["Auto-Submitted"], mail["From"]) == (
        "auto-generated",
        "Kommissorium <kommissorium@localhost>",
    )


def test_a_port_that_begins_with_tls_is_served(db, server, settings):
    there = len(server.mails(0))
    settings.EMAIL_PORT, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = (
        server.tls_port,
        False,
        True,
    )
    queue("465")
    assert send_due() == 1, errors()
    assert len(server.mails(there + 1)) == there + 1


def test_an_address_nobody_has_is_given_up_at_once_and_stops_no_other(db, server):
    gone, here = queue("gone", to="borte@tryllerup.example"), queue("here")
    assert send_due() == 1, errors()
    assert again(gone).given_up_at
    assert "5.1.1 nobody has that address" in gone.last_error
    assert again(here).sent_at


def test_greylisting_costs_a_minute(db, server):
    mail, now = queue("grey", to="graa@tryllerup.example"), timezone.now()
    assert send_due(now) == 0
    assert again(mail).given_up_at is None
    server.know()
    assert send_due(now + timedelta(seconds=30)) == 0
    assert send_due(now + timedelta(minutes=1)) == 1, errors()


@pytest.mark.parametrize("wrong", ["password", "certificate", "nobody there"])
def test_what_is_set_up_wrongly_loses_no_mail(db, server, settings, monkeypatch, wrong):
    first, second, now = queue("1"), queue("2"), timezone.now()
    with monkeypatch.context() as patch:
        if wrong == "password":
            settings.EMAIL_HOST_PASSWORD = "guessed"
        elif wrong == "certificate":
            patch.delenv("SSL_CERT_FILE")
        else:
            settings.EMAIL_PORT = 1
        assert send_due(now) == 0
    assert again(first).last_error
    assert again(first).given_up_at is None
    assert again(second).attempts == 0  # nor did it wait for the same silence
    settings.EMAIL_HOST_PASSWORD, settings.EMAIL_PORT = PASSWORD, server.port
    assert send_due(now + timedelta(minutes=1)) == 2, errors()


def test_who_may_not_send_at_all_loses_no_mail(db, server, settings):
    settings.EMAIL_HOST_USER = ""
    mail, now = queue("relay"), timezone.now()
    assert send_due(now) == 0
    assert "5.7.1" in again(mail).last_error
    assert mail.given_up_at is None
    settings.EMAIL_HOST_USER = USER
    assert send_due(now + timedelta(minutes=1)) == 1, errors()
