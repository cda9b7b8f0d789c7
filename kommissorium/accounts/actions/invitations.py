"""Actions on invitations: ask somebody by mail to choose a password."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.actions.sessions import end_sessions
from kommissorium.accounts.invitations import make_token
from kommissorium.accounts.models import Invitation, Municipality, Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.refusals import Refused


@transaction.atomic
def invite(person: Person, *, by: Person) -> Invitation:
    """Invite a person by mail to choose a password. Raises Refused without an e-mail.

    Who has a password is not invited again: asking for a new one is everybody's own affair.
    """
    if not person.sign_in_can_be_kept_by(by):
        raise PermissionDenied
    _refuse_invitation(person)
    return send_invitation(person, by=by)


@transaction.atomic
def invite_from_server(person: Person) -> str:
    """Return the address at which somebody chooses a password, for whoever runs the server.

    The way back in where the mail went to a mistyped address; what was sent before ends. Raises
    Refused as invite() does.
    """
    _refuse_invitation(person)
    end_sessions(person)
    tell(record("accounts.person_invited", person, by=None), person)
    return invitation_link(person)


def send_invitation(person: Person, *, by: Person) -> Invitation:
    """Send the invitation, checked by whoever calls."""
    invitation = Invitation.objects.create(person=person, by=by, sent_at=timezone.now())
    tell(record("accounts.person_invited", person, by=by), person)
    _queue_invitation(invitation)
    return invitation


def _refuse_invitation(person: Person) -> None:
    if not person.email:
        raise Refused(_("%(name)s has no e-mail to invite.") % {"name": person.name})
    if not person.is_active:
        raise Refused(_("The login of %(name)s is closed.") % {"name": person.name})
    if person.has_usable_password():
        sentence = _("%(name)s has a password. A forgotten one is renewed from the sign-in page.")
        raise Refused(sentence % {"name": person.name})


def invitation_link(person: Person) -> str:
    """Return the address at which an invited person chooses a password. Valid for 7 days."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    path = reverse("invitation", args=[key, make_token(person)])
    return f"{settings.SITE_URL}{path}"


def _queue_invitation(invitation: Invitation) -> None:
    person, municipality = invitation.person, Municipality.current()
    with translation.override(person.language):
        body = _(
            "Hello %(name)s\n\n%(by)s has given you access to Kommissorium, where the information "
            "security committee of %(municipality)s works.\n\nChoose a password here within seven "
            "days:\n%(link)s\n\nIf you did not expect this mail, you need do nothing."
        ) % {
            "name": person.name,
            "by": invitation.by.name,
            "municipality": municipality.name,
            "link": invitation_link(person),
        }
        subject = _("Access to Kommissorium, %(municipality)s") % {
            "municipality": municipality.name
        }
    queue_mail(
        to=person.email or "",
        kind="accounts.invitation",
        key=str(invitation.pk),
        subject=subject,
        body=body,
    )
