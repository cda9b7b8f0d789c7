"""Builds the message that is sent from a queued mail."""

from __future__ import annotations

import email.message
import email.policy
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives

from kommissorium.core.mail.html import as_html
from kommissorium.core.mail.models import OutboxMail

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
    message.attach_alternative(as_html(mail.body, mail.language), "text/html")
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
