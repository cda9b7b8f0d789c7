"""Erase who a person was that has left: the name goes, what was done and decided stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.invitations import end_sessions
from kommissorium.accounts.models import DirectoryLink, EmailChange, Person, held_on
from kommissorium.committees.models import Holding
from kommissorium.core.evidence.actions import record
from kommissorium.core.mail.models import OutboxMail
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.reading import forget_reader
from kommissorium.tasks.models import Task

# The answer on a date looks back twelve months, and asks whose each deed was.
KEPT: Final = timedelta(days=365)


@transaction.atomic
def erase_person(person: Person, *, by: Person) -> None:
    """Erase name, address, title and sign-in of a person who left; the pseudonym stays (GDPR 17).

    Approved papers keep their names: they are records of a public authority. Raises Refused while
    the login is open, or was until less than a year ago, while a role, a seat or a task is theirs,
    and for whoever is erased.
    """
    if not (Person.can_be_kept_by(by) and person.sign_in_can_be_kept_by(by)):
        raise PermissionDenied
    Person.objects.select_for_update().get(pk=person.pk)
    person.refresh_from_db()
    with translation.override("da"):
        name = _("Erased person %(number)d") % {"number": person.pk}
    _refuse_needed(person, name)
    OutboxMail.objects.filter(recipient__iexact=person.email or "-").delete()
    EmailAddress.objects.filter(user_id=person.pk).delete()
    Authenticator.objects.filter(user_id=person.pk).delete()
    forget_reader(person)
    EmailChange.objects.filter(person=person).update(email="", before="")
    DirectoryLink.objects.filter(person=person).update(account="")
    person.set_unusable_password()
    Person.objects.filter(pk=person.pk).update(
        name=name,
        email=None,
        job_title="",
        department="",
        password=person.password,
        last_login=None,
        directory_account=None,
    )
    end_sessions(person)
    person.refresh_from_db()
    record("secretariat.person_erased", person, by=by)


def _refuse_needed(person: Person, erased: str) -> None:
    name = {"name": person.name}
    if person.name == erased:
        raise Refused(_("The person is erased already."))
    if person.is_active or person.login_closed_at is None:
        raise Refused(_("Close the login of %(name)s first.") % name)
    earliest = timezone.localdate(person.login_closed_at) + KEPT
    if timezone.localdate() < earliest:
        text = _("%(name)s can be erased from %(date)s on: answers look a year back.")
        raise Refused(text % {**name, "date": day(earliest)})
    if person.current_roles:
        raise Refused(_("%(name)s has a role. End it first.") % name)
    if Holding.objects.filter(held_on(timezone.localdate()), person=person).exists():
        raise Refused(_("%(name)s has a seat in a committee. End it first.") % name)
    if Task.objects.open().filter(owner=person).exists():
        raise Refused(_("%(name)s has tasks that are open. Give them to others first.") % name)
