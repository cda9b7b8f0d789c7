"""Actions on accounts of the municipality's directory: link a person to one, and take it away."""

from __future__ import annotations

import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.invitations import end_sessions
from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.actions.second_yes import ask_once, note_answer
from kommissorium.accounts.models import DirectoryLink, Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event
from kommissorium.core.refusals import Refused

LINKED, UNLINKED = "accounts.directory_linked", "accounts.directory_unlinked"
BY_EMAIL = "by_email"  # a fact of the event: nobody but the directory said whose account it is


@transaction.atomic
def ask_for_link(person: Person, account: str, *, by: Person) -> DirectoryLink:
    """Ask that a person signs in by an account; it holds when another administrator says yes.

    Raises Refused where the person or the account is linked, or the same waits.
    """
    if not DirectoryLink.can_be_asked_by(by, person):
        raise PermissionDenied
    _refuse_taken(person, account)
    link = DirectoryLink(person=person, by=by, account=account)
    ask_once(link, _("A link waits already. Say no to that one first."))
    event = record("accounts.directory_link_asked", person, by=by)
    tell(event, person, asks=link)
    return link


@transaction.atomic
def accept_link(link: DirectoryLink, *, by: Person) -> None:
    """Say the second yes: the account is the person's from now on. Raises Refused as the asking."""
    note_answer(link, by=by, accepted=True)
    person = Person.objects.get(pk=link.person_id)
    _refuse_taken(person, link.account)
    _link(person, link.account)
    facts = {"asked_by": str(link.by.pseudonym)}
    tell(record("accounts.directory_linked", person, by=by, facts=facts), person)


@transaction.atomic
def refuse_link(link: DirectoryLink, *, by: Person) -> None:
    """Say no, or take back what one asked for."""
    note_answer(link, by=by, accepted=False)
    tell(record("accounts.directory_link_refused", link.person, by=by), link.person)


@transaction.atomic
def link_by_email(account: str, email: str) -> Person | None:
    """Link an account to the one whose e-mail the directory has proven to be its own; None for nobody."""
    person = linked_by(email)
    if person is None:
        return None
    _link(person, account)
    tell(record("accounts.directory_linked", person, by=None, facts={BY_EMAIL: True}), person)
    return person


def linked_by(email: str) -> Person | None:
    """Return whom an e-mail links that the directory has proven to be the account's own.

    None where nobody has it, or they are linked or lost a link to an administrator, and where a
    second person's yes stands behind them: then two people must say whose account it is.
    """
    person: Person | None = Person.objects.active().filter(email=email).first() if email else None
    if person is None or person.directory_account or person.is_trusted():
        return None
    if Event.objects.about(person).filter(act=UNLINKED).exists():
        return None
    waits = DirectoryLink.objects.filter(person=person, answered_at=None).exists()
    return None if waits else person


@transaction.atomic
def unlink(person: Person, *, by: Person) -> None:
    """Take the account away; every sign-in by it ends at once. Raises Refused where there is none."""
    if not DirectoryLink.can_be_asked_by(by, person):
        raise PermissionDenied
    linked = Person.objects.filter(pk=person.pk).exclude(directory_account=None)
    if not linked.update(directory_account=None):
        raise Refused(_("%(name)s is not linked.") % {"name": person.name})
    person.refresh_from_db()
    end_sessions(person)
    tell(record("accounts.directory_unlinked", person, by=by), person)


def drop_link_by_email(person: Person) -> None:
    """Take away an account that came by the e-mail of before: its owner may have been another.

    What two people agreed on stays, whatever the e-mail. The caller writes the event.
    """
    if not person.directory_account:
        return
    newest = Event.objects.about(person).filter(act=LINKED).order_by("-seq").first()
    if newest and json.loads(newest.facts).get(BY_EMAIL):
        Person.objects.filter(pk=person.pk).update(directory_account=None)
        person.directory_account = None


def _refuse_taken(person: Person, account: str) -> None:
    if person.directory_account:
        sentence = _("%(name)s is linked already. Take that link away first.")
        raise Refused(sentence % {"name": person.name})
    if Person.objects.filter(directory_account=account).exists():
        raise Refused(lasting_id=_("Another person already signs in by this account."))


def _link(person: Person, account: str) -> None:
    Person.objects.filter(pk=person.pk).update(directory_account=account)
    person.directory_account = account
