"""Hands mails to the mail server, many by one connection, and reports permanent refusals."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from typing import Final, Self

from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend

from kommissorium.core.mail.message import as_message
from kommissorium.core.mail.models import OutboxMail

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
