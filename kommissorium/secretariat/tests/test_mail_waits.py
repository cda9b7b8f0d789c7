"""Missing mail setup is shown to administrators everywhere, and to everybody who would send."""

from __future__ import annotations

import smtplib
import socket
from email.message import EmailMessage

import pytest
from django.core import mail
from django.urls import reverse

from kommissorium.accounts.actions import invite
from kommissorium.accounts.models import Municipality
from kommissorium.core.mail.actions import send_due
from kommissorium.core.mail.delivery import mail_server
from kommissorium.core.mail.set_up import NOWHERE

BANNER = "Mail er ikke sat op: invitationer, indkaldelser og påmindelser venter"
NOTE = "Mail er ikke sat op: det, der sendes nu, venter"
TRIAL = "/settings/mail/trial/"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def without_mail(settings):
    settings.EMAIL_BACKEND = NOWHERE


@pytest.mark.parametrize(("who", "told"), [("administrator", True), ("coordinator", False)])
def test_administrators_see_it_on_every_page(cast, client_of, without_mail, who, told):
    for path in ("/", "/people/"):
        assert (BANNER in client_of(who).get(path).content.decode()) is told


def test_where_mail_is_set_up_nobody_is_told(cast, client_of):
    page = client_of("administrator").get(reverse("mail")).content.decode()
    assert "Mail er ikke sat op" not in page
    assert TRIAL in page


def test_each_waiting_mail_says_why_and_the_page_what_to_do(cast, client_of, without_mail):
    invite(cast.system_owner, by=cast.coordinator)
    assert send_due() == 0
    page = client_of("coordinator").get(reverse("mail")).content.decode()
    assert "Venter: mail er ikke sat op" in page
    assert "EMAIL_HOST" in page
    assert TRIAL not in page


@pytest.mark.parametrize(
    "name", ["meeting_call", "meeting_edit", "meeting_cancellation", "guest_add", "person"]
)
def test_each_page_that_would_send_says_that_it_waits(cast, client_of, settings, meeting, name):
    pk = cast.system_owner.pk if name == "person" else meeting.pk
    path = reverse(name, args=[pk])
    assert NOTE not in client_of("coordinator").get(path).content.decode()
    settings.EMAIL_BACKEND = NOWHERE
    assert NOTE in client_of("coordinator").get(path).content.decode()


def test_who_forgot_the_password_is_told_too(cast, client_of, without_mail):
    page = client_of("anonymous").get(reverse("account_reset_password")).content.decode()
    assert NOTE in page or "Mail is not set up" in page


def test_in_the_setup_the_links_of_the_invited_are_at_hand(cast, client_of, without_mail):
    Municipality.objects.update(setup_finished_at=None)
    invite(cast.system_owner, by=cast.coordinator)
    page = client_of("coordinator").get(reverse("setup_invitations")).content.decode()
    assert reverse("person_invitation_link", args=[cast.system_owner.pk]) in page


def test_a_test_mail_goes_to_who_asks_and_past_the_outbox(cast, client_of, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "post.tryllerup.example", 587
    answer = client_of("administrator").post(TRIAL, follow=True)
    assert [message.to for message in mail.outbox] == [[cast.administrator.email]]
    assert "post.tryllerup.example:587 tog imod mailen" in answer.content.decode()


def test_until_mail_is_set_up_nothing_is_tried(cast, client_of, without_mail):
    answer = client_of("administrator").post(TRIAL, follow=True)
    assert "der blev ikke sendt noget" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(-2, "Name or service not known"), "Ingen maskine kendes"),
        (ConnectionRefusedError(111, "Connection refused"), "Der svarer ingen"),
        (TimeoutError("timed out"), "svarede ikke i tide"),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 no <b>"), "afviser login"),
        (smtplib.SMTPSenderRefused(550, b"no", "x@y.example"), "afviser afsenderen"),
        (smtplib.SMTPRecipientsRefused({"x@y.example": (550, b"no")}), "tager ikke imod mail til"),
        (smtplib.SMTPNotSupportedError("STARTTLS"), "EMAIL_USE_TLS"),
        (smtplib.SMTPServerDisconnected("gone"), "tog ikke imod mailen"),
    ],
)
def test_what_went_wrong_is_said_in_words(cast, client_of, monkeypatch, error, words):

    def refuse(self: EmailMessage, *args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    answer = client_of("coordinator").post(TRIAL, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert words in text
    assert mail_server() in text
    assert "<b>" not in text


def test_a_server_that_is_not_there_is_told_by_its_host_and_port(cast, client_of, settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT = taken.getsockname()[1]
        answer = client_of("administrator").post(TRIAL, follow=True).content.decode()
    assert f"127.0.0.1:{settings.EMAIL_PORT}" in answer
    assert "Der svarer ingen" in answer


@pytest.mark.parametrize("who", ["chair", "member", "auditor", "employee"])
def test_others_send_no_test_mail(cast, client_of, who):
    assert client_of(who).post(TRIAL).status_code == 404
    assert not mail.outbox
