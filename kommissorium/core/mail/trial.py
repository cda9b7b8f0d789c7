"""Sends one mail at once, past the outbox, and reports the result in words."""

from __future__ import annotations

import smtplib
import socket
import ssl
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.core.mail.set_up import mail_is_set_up
from kommissorium.core.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

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


def send_trial(to: str, *, subject: str, body: str) -> None:
    """Hand a mail to the server now. Raises Refused with the fault."""
    if not mail_is_set_up():
        raise Refused(_("Mail is not set up yet, so nothing was sent."))
    try:
        EmailMessage(subject, body, to=[to]).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        reason = next(words for kind, words in REASONS if isinstance(error, kind))
        values = {"server": mail_server(), "reason": reason, "error": str(error)[:300]}
        sentence = _("No mail left by %(server)s. %(reason)s The answer was: %(error)s")
        raise Refused(sentence % values) from None
