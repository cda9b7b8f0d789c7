"""Actions on people: create and change their details."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.actions import queue_mail
from kommissorium.core.refusals import Conflict, Refused

PERSON_FIELDS = ("name", "email", "job_title", "department", "language")


@transaction.atomic
def add_person(
    *,
    by: Person | None,
    name: str,
    email: str | None = None,
    job_title: str = "",
    department: str = "",
    language: str = "da",
) -> Person:
    """Add a person without a login. Raises Refused when the e-mail is another's."""
    if by and not Person.can_be_kept_by(by):
        raise PermissionDenied
    email = _tidy(email)
    _refuse_taken(email, None)
    person = Person(
        name=name, email=email, job_title=job_title, department=department, language=language
    )
    person.set_unusable_password()
    person.save()
    record("accounts.person_added", person, by=by)
    return person


@transaction.atomic
def change_person(
    person: Person,
    *,
    by: Person,
    name: str,
    email: str | None,
    job_title: str,
    department: str,
    language: str,
    edit_version: int,
) -> None:
    """Correct a person's card. Raises Refused (e-mail) or Conflict (saved meanwhile).

    A person who signs in hears of a new e-mail at the old one.
    """
    if not Person.can_be_kept_by(by):
        raise PermissionDenied
    before, email = person.email, _tidy(email)
    if email != before:
        _refuse_email(person, email, by)
    values = dict(zip(PERSON_FIELDS, (name, email, job_title, department, language), strict=True))
    changed = Person.objects.filter(pk=person.pk, edit_version=edit_version).update(
        **values, edit_version=edit_version + 1
    )
    if not changed:
        raise Conflict(Person.objects.values(*PERSON_FIELDS, "edit_version").get(pk=person.pk))
    if email != before:
        follow_email(person, email)
    event = record("accounts.person_changed", person, by=by)
    if email != before and before and person.has_login:
        _tell_old_mailbox(person, before, event.seq)


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Person) -> None:
    """Set the language a person reads. Everybody chooses for himself."""
    if by != person:
        raise PermissionDenied
    Person.objects.filter(pk=person.pk).update(language=language)
    record("accounts.language_chosen", person, by=by, facts={"language": language})


def follow_email(person: Person, email: str | None) -> None:
    """Make the sign-in library's own list of addresses say what the card says."""
    EmailAddress.objects.filter(user_id=person.pk).delete()
    if email:
        EmailAddress.objects.create(user_id=person.pk, email=email, verified=True, primary=True)


def _tidy(email: str | None) -> str | None:
    return (email or "").strip().lower() or None


def _refuse_email(person: Person, email: str | None, by: Person) -> None:
    _refuse_taken(email, person)
    if not email and person.has_login:
        raise Refused(email=_("A person who signs in needs an e-mail. Close the login first."))
    if not person.sign_in_can_be_kept_by(by):
        raise Refused(email=_("Only an administrator can change an administrator's e-mail."))


def _refuse_taken(email: str | None, own: Person | None) -> None:
    others = Person.objects.exclude(pk=own.pk if own else None)
    if email and others.filter(email__iexact=email).exists():
        raise Refused(email=_("Another person already has this e-mail."))


def _tell_old_mailbox(person: Person, before: str, seq: int) -> None:
    with translation.override(person.language):
        subject = _("Your e-mail in Kommissorium was changed")
        body = _(
            "Hello %(name)s\n\nKommissorium, %(municipality)s, now knows you by another e-mail. "
            "You sign in with the new one.\n\nIf this is a surprise to you, tell the "
            "information security coordinator at once."
        ) % {"name": person.name, "municipality": Municipality.current().name}
    queue_mail(to=before, kind="accounts.email_changed", key=str(seq), subject=subject, body=body)
