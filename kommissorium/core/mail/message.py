"""Builds the message that is sent from a queued mail."""

from __future__ import annotations

from django.core.mail import EmailMessage, EmailMultiAlternatives

from kommissorium.core.mail.models import OutboxMail


def as_message(mail: OutboxMail) -> EmailMessage:
    """Return the mail, made anew each time and always with the same Message-ID.

    A calendar file goes twice: beside the text, which gives the buttons to answer with, and
    attached, for programs that show none. Outlook looks for the method in the Content-Type.
    """
    message = EmailMultiAlternatives(
        mail.subject,
        mail.body,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id},
    )
    if mail.calendar is not None:
        calendar = bytes(mail.calendar)
        message.attach_alternative(calendar, f"text/calendar; method={mail.calendar_method}")
        message.attach("invite.ics", calendar, "application/ics")
    return message
