"""Actions on sign-in: invite, activate, close and reopen, remove a lost second step."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.email_changes import follow_email
from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.actions.roles import is_last_administrator, last_administrator
from kommissorium.accounts.actions.sessions import end_sessions
from kommissorium.accounts.invitations import make_shown_token, make_token
from kommissorium.accounts.models import Invitation, Municipality, Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail, reword_waiting, withdraw_waiting
from kommissorium.core.refusals import Refused

INVITATION_MAIL = "accounts.invitation"


@transaction.atomic
def close_login(person: Person, *, by: Person) -> None:
    """Close a person's login at once, everywhere. Raises Refused for the last administrator."""
    if not person.sign_in_can_be_kept_by(by):
        raise PermissionDenied
    if is_last_administrator(person):
        raise Refused(last_administrator())
    closed = {"is_active": False, "login_closed_at": timezone.now()}
    if not Person.objects.filter(pk=person.pk, is_active=True).update(**closed):
        raise Refused(_("The login of %(name)s is closed.") % {"name": person.name})
    end_sessions(person)
    person.refresh_from_db()
    tell(record("accounts.login_closed", person, by=by), person)


@transaction.atomic
def reopen_login(person: Person, *, by: Person) -> None:
    """Let a person sign in again, with the password there was; no old session or link revives.

    Raises Refused when open.
    """
    if not person.sign_in_can_be_kept_by(by):
        raise PermissionDenied
    if not Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        raise Refused(_("The login of %(name)s is not closed.") % {"name": person.name})
    person.refresh_from_db()
    tell(record("accounts.login_reopened", person, by=by), person)


@transaction.atomic
def invite(person: Person, *, by: Person) -> Invitation:
    """Invite a person by mail to choose a password. Raises Refused without an e-mail.

    Who has a password is not invited again: asking for a new one is everybody's own affair.
    """
    if not person.sign_in_can_be_kept_by(by):
        raise PermissionDenied
    if not person.email:
        raise Refused(_("%(name)s has no e-mail to invite.") % {"name": person.name})
    if not person.is_active:
        raise Refused(_("The login of %(name)s is closed.") % {"name": person.name})
    if person.has_usable_password():
        sentence = _("%(name)s has a password. A forgotten one is renewed from the sign-in page.")
        raise Refused(sentence % {"name": person.name})
    _withdraw_invitations(person)
    invitation = Invitation.objects.create(person=person, by=by, sent_at=timezone.now())
    tell(record("accounts.person_invited", person, by=by), person)
    _queue_invitation(invitation)
    return invitation


@transaction.atomic
def show_invitation(person: Person, *, by: Person) -> str:
    """Return the link of a person's invitation, to be handed over; everybody concerned hears of it.

    Raises Refused where no invitation is open.
    """
    if not person.sign_in_can_be_kept_by(by):
        raise PermissionDenied
    if not open_invitations().filter(person=person).exists():
        raise Refused(_("%(name)s has no open invitation. Send a new one.") % {"name": person.name})
    if not person.invitation_can_be_shown_to(by):
        raise PermissionDenied
    tell(record("accounts.invitation_shown", person, by=by), person)
    return _link(person, make_shown_token(person))


@transaction.atomic
def renew_waiting_invitations() -> None:
    """Give invitations whose mails have not left a link that is valid for seven days from now."""
    for invitation in open_invitations():
        # Not one that goes to an e-mail the card has no more: its link is dead, and must stay so.
        to, body = invitation.person.email or "", _worded(invitation)
        reword_waiting(to=to, kind=INVITATION_MAIL, key=str(invitation.pk), body=body)


@transaction.atomic
def accept_invitation(person: Person, *, password: str) -> None:
    """Set the password an invited person chose. The mailbox is thereby known to be theirs."""
    _set_password(person, password)
    _withdraw_invitations(person)
    person.invitations.filter(accepted_at=None).update(accepted_at=timezone.now())
    record("accounts.invitation_accepted", person, by=person)


@transaction.atomic
def set_first_password(person: Person, password: str) -> None:
    """Set a password from the command line, for the first administrator or the demo."""
    _set_password(person, password)
    record("accounts.password_set", person, by=None)


@transaction.atomic
def change_password(person: Person, password: str) -> None:
    """Set the new password of a person who knew the old one or owns the mailbox."""
    _set_password(person, password)
    record("accounts.password_changed", person, by=person)


@transaction.atomic
def note_second_step(person: Person, act: str) -> None:
    """Record what the sign-in library did to a person's second step at their own wish."""
    record(act, person, by=person)


@transaction.atomic
def reset_second_step(person: Person, *, by: Person) -> None:
    """Remove the second step of a person who lost it, and tell them by mail.

    Raises Refused where there is none. The password stays.
    """
    if not person.second_step_can_be_reset_by(by):
        raise PermissionDenied
    removed, _per_model = Authenticator.objects.filter(user_id=person.pk).delete()
    if not removed:
        raise Refused(_("%(name)s has no second step.") % {"name": person.name})
    end_sessions(person)
    event = record("accounts.second_step_reset", person, by=by)
    tell(event, person)
    with translation.override(person.language):
        subject = _("Your second step in Kommissorium was removed")
        body = _(
            "Hello %(name)s\n\n%(by)s has removed the second step of your sign-in to "
            "Kommissorium, because you asked for it. Add a new one the next time you sign in:\n"
            "%(link)s\n\nIf you did not ask for it, tell the information security coordinator "
            "at once."
        ) % {"name": person.name, "by": by.name, "link": settings.SITE_URL}
    queue_mail(
        to=person.email or "",
        kind="accounts.second_step_reset",
        key=str(event.seq),
        subject=subject,
        body=body,
    )


def invitation_link(person: Person) -> str:
    """Return the address at which an invited person chooses a password. Valid for 7 days."""
    return _link(person, make_token(person))


def _link(person: Person, token: str) -> str:
    key = urlsafe_base64_encode(force_bytes(person.pk))
    return f"{settings.SITE_URL}{reverse('invitation', args=[key, token])}"


def _set_password(person: Person, password: str) -> None:
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    follow_email(person, person.email)


def open_invitations() -> QuerySet[Invitation]:
    """Return the newest invitation of each active person who has no password yet."""
    newer = Invitation.objects.filter(person=OuterRef("person"), pk__gt=OuterRef("pk"))
    people = Person.objects.active().filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    found = Invitation.objects.filter(~Exists(newer), accepted_at=None, person__in=people)
    return found.exclude(person__email=None).select_related("person", "by")


def _withdraw_invitations(person: Person) -> None:
    keys = map(str, person.invitations.values_list("pk", flat=True))
    withdraw_waiting(kind=INVITATION_MAIL, keys=keys)


def _worded(invitation: Invitation) -> str:
    person = invitation.person
    with translation.override(person.language):
        return _(
            "Hello %(name)s\n\n%(by)s has given you access to Kommissorium, where the information "
            "security committee of %(municipality)s works.\n\nChoose a password here within seven "
            "days:\n%(link)s\n\nIf you did not expect this mail, you need do nothing."
        ) % {
            "name": person.name,
            "by": invitation.by.name,
            "municipality": Municipality.current().name,
            "link": invitation_link(person),
        }


def _queue_invitation(invitation: Invitation) -> None:
    person = invitation.person
    with translation.override(person.language):
        subject = _("Access to Kommissorium, %(municipality)s") % {
            "municipality": Municipality.current().name
        }
    queue_mail(
        to=person.email or "",
        kind=INVITATION_MAIL,
        key=str(invitation.pk),
        subject=subject,
        body=_worded(invitation),
    )
