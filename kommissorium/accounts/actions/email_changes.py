"""Actions on a new e-mail of somebody who signs in: ask, confirm from the old one, answer."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.confirmations import note_confirmed
from kommissorium.accounts.actions.directory_links import drop_link_by_email
from kommissorium.accounts.actions.invitations import end_sessions, send_invitation
from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.actions.second_yes import ask_once, note_answer
from kommissorium.accounts.email_signs import ODD_SIGNS, is_plain
from kommissorium.accounts.links import email_change_link
from kommissorium.accounts.models import EmailChange, Municipality, Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.mail.letter import Letter, Link
from kommissorium.core.refusals import Refused


def follow_email(person: Person, email: str | None, *, is_proven: bool | None = None) -> None:
    """Make the sign-in library's own list of addresses match the person's card.

    `is_proven` says whether the password was chosen by a mail to it; else that stays as it was.
    """
    own = EmailAddress.objects.filter(user_id=person.pk)
    if is_proven is None:
        is_proven = not own.filter(email=email, verified=False).exists()
    own.delete()
    if email:
        EmailAddress.objects.create(
            user_id=person.pk, email=email, verified=is_proven, primary=True
        )


def invite_unproven(person: Person, *, by: Person, asked_by: Person) -> None:
    """Invite anew by mail a person who chose the password by a link that somebody else had seen.

    Before a second person's yes holds: whoever asked for it may have chosen the password.
    """
    if not EmailAddress.objects.filter(user_id=person.pk, verified=False).exists():
        return
    _drop_sign_in(person)
    tell(record("accounts.sign_in_dropped", person, by=by), person)
    if person.is_active and person.email:
        send_invitation(person, by=asked_by, anew=True)


def note_new_email(
    person: Person,
    before: str,
    *,
    by: Person | None,
    asked_by: Person,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Drop the old mailbox's sign-in and record the change; whoever had a login is invited anew.

    Whoever had the old mailbox may have been somebody else: no password, passkey, known browser
    or session of before lets in the owner of another one.
    """
    had_login = person.has_usable_password()
    _drop_sign_in(person)
    facts = {**(facts or {}), "dropped": had_login}
    event = record("accounts.email_changed", person, by=by, facts=facts)
    tell(event, person, before=before)
    if had_login and person.is_active and person.email:
        send_invitation(person, by=asked_by, anew=True)


def _drop_sign_in(person: Person) -> None:
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user_id=person.pk).delete()
    drop_link_by_email(person)
    follow_email(person, person.email, is_proven=True)
    end_sessions(person)


def refuse_taken(email: str | None, own: Person | None) -> None:
    """Raise Refused when the e-mail is another person's, or passes for another's."""
    if email and not is_plain(email):
        raise Refused(email=str(ODD_SIGNS))
    others = Person.objects.exclude(pk=own.pk if own else None)
    if email and others.filter(email__iexact=email).exists():
        raise Refused(email=_("Another person already has this e-mail."))


@transaction.atomic
def ask_for_email(person: Person, email: str, *, by: Person) -> EmailChange:
    """Ask for another e-mail: the old mailbox gets a link. Raises Refused while another waits."""
    change = EmailChange(person=person, by=by, email=email, before=person.email or "")
    ask_once(change, _("A new e-mail waits already. Say no to that one first."))
    event = record("accounts.email_change_asked", person, by=by)
    tell(event, person, asks=change)
    if change.before and person.is_active:
        _ask_old_mailbox(change)
    return change


@transaction.atomic
def confirm_email_change(change: EmailChange) -> None:
    """Say yes by the link that was sent to the old mailbox."""
    note_answer(change, by=None, accepted=True)
    _change_email(change, by=None)


@transaction.atomic
def deny_email_change(change: EmailChange) -> None:
    """Say no by the link that was sent to the old mailbox."""
    note_answer(change, by=None, accepted=False)
    tell(record("accounts.email_change_refused", change.person, by=None), change.person)


@transaction.atomic
def accept_email_change(change: EmailChange, *, by: Person) -> bool:
    """Say yes as an administrator; return whether it was the second yes, which changes the e-mail.

    The first is who asked, if an administrator did.
    """
    if not change.can_be_accepted_by(by):
        raise PermissionDenied
    if not change.is_last_yes(by):
        before = change.seconded_by  # whose yes may count no more
        waiting = EmailChange.objects.filter(pk=change.pk, answered_at=None, seconded_by=before)
        if not waiting.update(seconded_by=by):
            raise Refused(_("Somebody has answered this already."))
        change.refresh_from_db()
        event = record("accounts.email_change_seconded", change.person, by=by)
        tell(event, change.person, asks=change)
        return False
    note_answer(change, by=by, accepted=True)
    _change_email(change, by=by)
    return True


@transaction.atomic
def refuse_email_change(change: EmailChange, *, by: Person) -> None:
    """Say no, or take back what one asked for."""
    note_answer(change, by=by, accepted=False)
    tell(record("accounts.email_change_refused", change.person, by=by), change.person)


def _change_email(change: EmailChange, *, by: Person | None) -> None:
    person = change.person
    if (person.email or "") != change.before:
        raise Refused(_("The e-mail was changed meanwhile. Say no, and ask again."))
    refuse_taken(change.email, person)
    Person.objects.filter(pk=person.pk).update(
        email=change.email, edit_version=F("edit_version") + 1
    )
    person.refresh_from_db()
    facts = {"asked_by": str(change.by.pseudonym), "by_mailbox": by is None}
    note_new_email(person, change.before, by=by, asked_by=change.by, facts=facts)
    if by:
        note_confirmed(person, by=by)


def _ask_old_mailbox(change: EmailChange) -> None:
    person = change.person
    with translation.override(person.language):
        values = {"by": change.by.name, "municipality": Municipality.current().name}
        said = _(
            "%(by)s has asked that you sign in to Kommissorium, %(municipality)s, with another e-mail."
        )
        letter = Letter(
            _("Do you have a new e-mail for Kommissorium?"),
            Link(_("Say yes or no"), email_change_link(change)),
            person.name,
            lines=[
                said % values,
                _("Nothing has changed yet. Say yes or no within seven days."),
                _(
                    "If you say yes, your password and second step no longer work, and an invitation "
                    "to choose new ones goes to the new e-mail."
                ),
                _(
                    "If this is a surprise to you, say no and tell the information security "
                    "coordinator at once."
                ),
            ],
            facts=[(_("New e-mail"), change.email)],
        )
    queue_mail(to=change.before, kind="accounts.email_change", key=str(change.pk), letter=letter)
