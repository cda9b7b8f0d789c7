"""Reports of incidents that come by mail, to the address that the settings name.

A mail is an employee's own report where our mail server proves its sender (IMAP_AUTHSERV); else it
is a report of nobody, which says where it says to come from. Its attachments stay in the mailbox.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.accounts.rate_limits import Limit, refuse_too_many
from kommissorium.core.documents.letters import NOT_FALSE, PASSED, Letter
from kommissorium.core.mailbox.models import ReceivedMail
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import one_line, printable, shows
from kommissorium.incidents.actions.reports import report_incident
from kommissorium.incidents.emails import queue_receipt
from kommissorium.incidents.models import Channel, IncidentSettings
from kommissorium.incidents.models.incidents import TEXT_LENGTH

BY_SENDER: Final = Limit("incident_sender", 20, 3600, "")
BY_MAIL: Final = Limit("incident_mail", 60, 3600, "")
OLDEST: Final = timedelta(days=30)  # a mail can have waited while the mailbox was not read

Outcome = ReceivedMail.Outcome


def take_report(letter: Letter, proof: str) -> ReceivedMail.Outcome | None:
    """Take in a report by mail; None for a mail to another address."""
    settings = IncidentSettings.current()
    if not settings.report_address or settings.report_address.lower() not in letter.recipients:
        return None
    if letter.is_automatic:
        return Outcome.AUTOMATIC
    if proof not in NOT_FALSE or len(letter.senders) != 1:
        return Outcome.OTHER_SENDER
    sender = letter.senders[0]
    known = Person.objects.active().filter(email__iexact=sender).first()
    if known is None and not settings.open_reports:
        return Outcome.STRANGER
    try:
        refuse_too_many(BY_SENDER, sender.lower())
        refuse_too_many(BY_MAIL)
    except Refused:
        return Outcome.TOO_MANY
    by = known if proof == PASSED else None
    made = report_incident(
        by=by,
        what=_said(letter),
        discovered_at=_arrived(letter.arrived_at),
        channel=Channel.MAIL,
        note=_origin(letter, is_proved=proof == PASSED),
    )
    if known is not None:
        queue_receipt(made.incident, known)
    return Outcome.REPORTED


def _said(letter: Letter) -> str:
    """Return subject and text, as long as a report can be."""
    whole = printable(f"{one_line(letter.subject)}\n\n{letter.text}").strip()
    if not shows(whole):
        return _("A mail without text.")
    if len(whole) <= TEXT_LENGTH:
        return whole
    rest = _("… The rest stands in the mailbox.")
    return f"{whole[: TEXT_LENGTH - len(rest) - 1]}\n{rest}"


def _origin(letter: Letter, *, is_proved: bool) -> str:
    """Return who sent it and what it brought, for those who handle it."""
    said = [_("Came by mail from %(sender)s.") % {"sender": one_line(letter.senders[0])[:254]}]
    if not is_proved:
        said.append(_("It is not proved that it was sent from there."))
    if number := letter.attachments:
        text = ngettext(
            "%(number)d attachment stays in the mailbox.",
            "%(number)d attachments stay in the mailbox.",
            number,
        )
        said.append(text % {"number": number})
    return " ".join(said)


def _arrived(at: datetime | None) -> datetime:
    """Return when our server took the mail: the clock of the laws does not wait for us to read it."""
    now = timezone.now()
    return at if at and now - OLDEST <= at <= now else now
