"""Actions on sign-in: activate, close and reopen, remove a lost second step."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.email_changes import follow_email
from kommissorium.accounts.actions.invitations import end_sessions, withdraw_invitations
from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.actions.roles import last_of_any
from kommissorium.accounts.models import Municipality, Person
from kommissorium.accounts.second_step_secrets import SecondStepAdapter
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.sealing import seal_database
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.refusals import Refused


@transaction.atomic
def close_login(person: Person, *, by: Person) -> None:
    """Close a person's login at once, everywhere. Raises Refused for who may not be missed."""
    if not person.sign_in_can_be_kept_by(by):
        raise PermissionDenied
    if sentence := last_of_any(person):
        raise Refused(sentence)
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
def accept_invitation(person: Person, *, password: str, by_mail: bool = True) -> None:
    """Set the password an invited person chose; `by_mail` says that the mailbox is thereby theirs."""
    _set_password(person, password, is_proven=by_mail)
    withdraw_invitations(person)
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
def note_break_glass(person: Person) -> None:
    """Record that the emergency login was used, and tell all administrators by mail."""
    tell(record("accounts.break_glass_used", person, by=person), person)


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
    _remove_second_step(person, by)


@transaction.atomic
def reset_second_step_from_server(person: Person) -> None:
    """Remove it for whoever runs the server: where nobody else can let the person in.

    Raises Refused as reset_second_step() does.
    """
    _remove_second_step(person, None)


def _remove_second_step(person: Person, by: Person | None) -> None:
    removed, _per_model = Authenticator.objects.filter(user_id=person.pk).delete()
    if not removed:
        raise Refused(_("%(name)s has no second step.") % {"name": person.name})
    end_sessions(person)
    event = record("accounts.second_step_reset", person, by=by)
    tell(event, person)
    with translation.override(person.language):
        said = _(
            "%(by)s has removed the second step of your sign-in to Kommissorium, because you asked "
            "for it. Add a new one the next time you sign in."
        )
        letter = Letter(
            _("Your second step in Kommissorium was removed"),
            Link(_("Sign in"), "/"),
            person.name,
            lines=[
                said % {"by": by.name if by else _("Whoever runs the server")},
                _("If you did not ask for it, tell the information security coordinator at once."),
            ],
        )
    kind = "accounts.second_step_reset"
    queue_mail(to=person.email or "", kind=kind, key=str(event.seq), letter=letter)


@transaction.atomic
def take_over_key() -> int:
    """Let the evidence know the signing key of now, and encrypt by it; return what is lost.

    That is the number of second steps that neither this key nor the one before can read.
    """
    seal_database(new_key=True)
    lost = _encrypt_second_steps_anew()
    facts = {"second_steps": Authenticator.objects.count(), "unreadable": lost}
    record("accounts.key_replaced", Municipality.current(), by=None, facts=facts)
    return lost


def _encrypt_second_steps_anew() -> int:
    unreadable, adapter = 0, SecondStepAdapter()
    for step in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN):
        try:
            for name in {"secret", "seed"} & set(step.data):
                step.data[name] = adapter.encrypt(adapter.decrypt(step.data[name]))
        except Refused:
            unreadable += 1
        step.save(update_fields=["data"])
    return unreadable


def _set_password(person: Person, password: str, *, is_proven: bool | None = None) -> None:
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    follow_email(person, person.email, is_proven=is_proven)
