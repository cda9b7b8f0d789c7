"""Reads answers, reports and others' heads from the mailbox, and tells administrators when it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.mailbox.actions import Takers, read_mailbox
from kommissorium.core.mailbox.connection import mailbox_is_set_up
from kommissorium.core.mailbox.models import MailboxState, ReceivedMail
from kommissorium.meetings.actions.calendar_programs import take_mailed_reply
from kommissorium.registers.links import MAILED
from kommissorium.secretariat.neighbours import take_head

TOLD_AFTER = 3  # failures in a row: a server that is started anew is nobody's concern
NEWEST = 20


@dataclass(frozen=True)
class MailboxShown:
    """State of the mailbox for the page of mails; `server` is "" where none is read."""

    server: str
    user: str
    state: MailboxState
    mails: Sequence[ReceivedMail]


def read_answers() -> int:
    """Read the mailbox; return how many mails were looked at."""
    handled = read_mailbox(Takers(take_mailed_reply, (take_head, *MAILED.ask_all())))
    tell_of_failure()
    return handled


@transaction.atomic
def tell_of_failure() -> int:
    """Queue a mail to each administrator, once each time the mailbox goes silent."""
    state = MailboxState.objects.filter(failures__gte=TOLD_AFTER).first()
    if state is None or not mailbox_is_set_up():
        return 0
    kind = OrganisationRole.Kind.ADMINISTRATOR
    people = Person.objects.active().with_role(kind, timezone.localdate()).exclude(email=None)
    return sum(_tell(person, state) for person in people)


def mailbox_shown() -> MailboxShown:
    """Return the state of the mailbox and the newest mails that came to it."""
    server = f"{settings.IMAP_HOST}:{settings.IMAP_PORT}" if mailbox_is_set_up() else ""
    state = MailboxState.objects.first() or MailboxState()
    mails = list(ReceivedMail.objects.all()[:NEWEST])
    return MailboxShown(server, settings.IMAP_USER, state, mails)


def _tell(person: Person, state: MailboxState) -> bool:
    with translation.override(person.language):
        letter = Letter(
            _("The mailbox for answers cannot be read"),
            Link(_("See the mailbox"), reverse("mail")),
            person.name,
            lines=[
                _("Answers to invitations that come by mail are not read now."),
                state.get_problem_display(),
                _(
                    "It is tried again by itself. Whoever runs the program sets the mailbox in "
                    "IMAP_HOST, IMAP_USER and IMAP_PASSWORD."
                ),
            ],
            facts=[(_("The answer was"), state.last_error)],
        )
    return queue_mail(
        to=str(person.email),
        kind="secretariat.mailbox_silent",
        key=str(state.failed_since),
        letter=letter,
    )
