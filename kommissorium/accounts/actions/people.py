"""Actions on people: create and change their details."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.email_changes import ask_for_email, note_new_email, refuse_taken
from kommissorium.accounts.models import Municipality, Person, ReminderWish
from kommissorium.core.evidence.actions import record
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
    refuse_taken(email, None)
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
) -> bool:
    """Correct a person's card; return whether a new e-mail waits for somebody's yes.

    Where somebody signs in by the e-mail, or much depends on them, the old mailbox or two
    administrators agree first. Somebody with a login is invited anew. Raises Refused (e-mail)
    or Conflict (saved meanwhile).
    """
    if not Person.can_be_kept_by(by):
        raise PermissionDenied
    before, email = person.email, _tidy(email)
    if email != before:
        _refuse_email(person, email, by)
    waits = email != before and person.email_is_guarded() and not Municipality.is_being_set_up()
    now = before if waits else email
    values = dict(zip(PERSON_FIELDS, (name, now, job_title, department, language), strict=True))
    changed = Person.objects.filter(pk=person.pk, edit_version=edit_version).update(
        **values, edit_version=edit_version + 1
    )
    if not changed:
        raise Conflict(Person.objects.values(*PERSON_FIELDS, "edit_version").get(pk=person.pk))
    person.refresh_from_db()
    if now != before:
        note_new_email(person, before or "", by=by, asked_by=by)
    else:
        record("accounts.person_changed", person, by=by)
    if waits:
        ask_for_email(person, email or "", by=by)
    return waits


@transaction.atomic
def remove_people(people: Sequence[Person], *, by: Person) -> None:
    """Remove people whom nothing speaks of: what was added by mistake. The database holds others."""
    if not Person.can_be_kept_by(by):
        raise PermissionDenied
    Person.objects.filter(pk__in=[person.pk for person in people]).delete()
    for person in people:
        record("accounts.person_removed", person, by=by)


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Person) -> None:
    """Set the language a person reads. Everybody chooses for himself."""
    if by != person:
        raise PermissionDenied
    Person.objects.filter(pk=person.pk).update(language=language)
    record("accounts.language_chosen", person, by=by, facts={"language": language})


@transaction.atomic
def choose_reminders(person: Person, wish: str, *, by: Person, by_link: bool = False) -> None:
    """Set how often a person is reminded by mail. Everybody chooses for himself.

    `by_link` is whether the link in a mail was pressed: who did so is known by that alone. Raises
    Refused for what is no such choice. The same choice again changes nothing.
    """
    if by != person:
        raise PermissionDenied
    if wish not in ReminderWish.values:
        raise Refused(reminders=_("Choose one of the options."))
    if not Person.objects.filter(pk=person.pk).exclude(reminders=wish).update(reminders=wish):
        return
    record(
        "accounts.reminders_chosen", person, by=by, facts={"reminders": wish, "by_link": by_link}
    )


def _tidy(email: str | None) -> str | None:
    return (email or "").strip().lower() or None


def _refuse_email(person: Person, email: str | None, by: Person) -> None:
    refuse_taken(email, person)
    if not email and person.email_is_guarded():
        raise Refused(email=_("A person who signs in needs an e-mail."))
    if not person.sign_in_can_be_kept_by(by):
        raise Refused(email=_("Only an administrator can change an administrator's e-mail."))
