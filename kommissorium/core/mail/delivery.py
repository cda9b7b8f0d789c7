"""Builds the message of a queued mail, and hands it to the mail server, or one on trial at once."""

from __future__ import annotations

import email.message
import email.policy
import re
import smtplib
import socket
import ssl
from contextlib import suppress
from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.mail.layout import as_html
from kommissorium.core.mail.letter import Letter
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.mail.set_up import mail_is_set_up
from kommissorium.core.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


NAME = "Kommissorium"


class _Message(EmailMultiAlternatives):
    """A mail whose texts are quoted-printable: readable as sent, and no filter's suspect."""

    def message(self, *, policy: Any = email.policy.default) -> email.message.EmailMessage:
        """Return it as it is sent."""
        built = super().message(policy=policy)
        for part in built.walk():
            if part.get_content_maintype() == "text" and not part.is_attachment():
                method = part.get_param("method")
                text = part.get_content()
                part.set_content(text, subtype=part.get_content_subtype(), cte="quoted-printable")
                if method:
                    part.set_param("method", str(method))
        return built


def as_message(mail: OutboxMail) -> EmailMessage:
    """Return the mail, made anew each time and always with the same Message-ID.

    It is marked as written by a program (RFC 3834), so that nobody's absence is answered. A
    calendar file goes twice: beside the text, which gives the buttons to answer with, and
    attached, for programs that show none. Outlook looks for the method in the Content-Type.
    """
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = _Message(
        mail.subject,
        mail.body,
        from_email=sender(),
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Id": f"{NAME} <kommissorium.{host}>",
            **_unsubscribing(mail.unsubscribe),
        },
    )
    if mail.letter:
        message.attach_alternative(as_html(Letter.from_data(mail.letter)), "text/html")
    if mail.record and mail.record.pdf:
        message.attach(mail.file_name, bytes(mail.record.pdf), "application/pdf")
    if mail.calendar is not None:
        calendar = bytes(mail.calendar)
        message.attach_alternative(calendar, f"text/calendar; method={mail.calendar_method}")
        message.attach("invite.ics", calendar, "application/ics")
    return message


def _unsubscribing(address: str) -> dict[str, str]:
    """Return the headers of a mail that can be ended by one press (RFC 2369, RFC 8058)."""
    if not address:
        return {}
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def sender() -> str:
    """Return the sender of mails, with a name: that of EMAIL_FROM, or the program's."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or NAME, address))


PERMANENT: Final = range(500, 600)  # RFC 5321, 4.2.1
POLICY: Final = re.compile(rb"\s*5\.7\.")  # RFC 3463: it is about the sender, whoever sets up mail


class Unreachable(OSError):
    """Nobody answers, or nobody lets us in: the next mail would fare no better."""


class Delivery:
    """One connection to the mail server while the block runs."""

    def __enter__(self) -> Self:
        self._mailer = mailers.default
        return self

    def __exit__(self, *_error: object) -> None:
        self._close()

    def send(self, mail: OutboxMail) -> None:
        """Hand over one mail. Raises Unreachable, or the server's answer to this mail."""
        try:
            self._mailer.open()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        try:
            hand_over(self._mailer, as_message(mail))
        except Exception:
            self._close()  # the next one begins with a connection that is sound
            raise

    def _close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self._mailer.close()


def hand_over(mailer: BaseEmailBackend, message: EmailMessage) -> None:
    """Hand one message to the server of an open connection."""
    mailer.send_messages([message])


def is_final(error: Exception) -> bool:
    """Return whether the server will never take this mail: nobody has that address, or it is full.

    What the server has against us ends when somebody sets it up.
    """
    answers: list[tuple[int, bytes]] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = list(error.recipients.values())
    elif isinstance(error, smtplib.SMTPDataError):
        said = error.smtp_error
        answers = [(error.smtp_code, said if isinstance(said, bytes) else said.encode())]
    return bool(answers) and all(
        code in PERMANENT and not POLICY.match(text) for code, text in answers
    )


# The first that fits counts.
REASONS: tuple[tuple[type[Exception], StrPromise], ...] = (
    (socket.gaierror, gettext_lazy("No machine is known by that name: check EMAIL_HOST.")),
    (TimeoutError, gettext_lazy("It did not answer in time: check EMAIL_PORT and the firewall.")),
    (ConnectionRefusedError, gettext_lazy("Nothing answers there: check EMAIL_PORT.")),
    (ssl.SSLError, gettext_lazy("No encryption could be agreed on.")),
    (
        smtplib.SMTPAuthenticationError,
        gettext_lazy("It refuses the sign-in: check EMAIL_HOST_USER and EMAIL_HOST_PASSWORD."),
    ),
    (smtplib.SMTPSenderRefused, gettext_lazy("It refuses the sender: check EMAIL_FROM.")),
    (smtplib.SMTPRecipientsRefused, gettext_lazy("It accepts no mail for this address.")),
    (
        smtplib.SMTPNotSupportedError,
        gettext_lazy("It does not offer what was asked for: check EMAIL_USE_TLS."),
    ),
    (Exception, gettext_lazy("It did not accept the mail.")),
)


def mail_server() -> str:
    """Return the server that mails are handed to, as host and port."""
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"


def send_trial(to: str, letter: Letter) -> None:
    """Hand a mail to the server now. Raises Refused with the fault."""
    if not mail_is_set_up():
        raise Refused(_("Mail is not set up yet, so nothing was sent."))
    try:
        message = _Message(letter.subject, letter.text, from_email=sender(), to=[to])
        message.attach_alternative(as_html(letter), "text/html")
        message.send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        reason = next(words for kind, words in REASONS if isinstance(error, kind))
        values = {"server": mail_server(), "reason": reason, "error": str(error)[:300]}
        sentence = _("No mail left by %(server)s. %(reason)s The answer was: %(error)s")
        raise Refused(sentence % values) from None
