"""Confirm who somebody is, whom another added or invited lately; ask others to do so."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.actions.notices import tell
from kommissorium.accounts.models import Person, can_be_confirmed_by
from kommissorium.accounts.models.second_person import MAKERS, confirmable_by, makings
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused


@dataclass(frozen=True)
class ConfirmationAsked:
    """A person of whom somebody who may is asked to confirm who it is."""

    person: Person

    def get_absolute_url(self) -> str:
        """Return the page on which it is confirmed."""
        return reverse("person_confirmation", args=[self.person.pk])

    def can_be_accepted_by(self, person: Person) -> bool:
        return can_be_confirmed_by(self.person, person)


@transaction.atomic
def confirm_person(person: Person, *, by: Person) -> None:
    """Say that one knows who the person is: beside those who made the person up it is another now.

    Not beside those who made up whoever confirms, nor beside that one.
    """
    if not can_be_confirmed_by(person, by):
        raise PermissionDenied
    note_confirmed(person, by=by)


@transaction.atomic
def ask_for_confirmation(person: Person, *, by: Person) -> None:
    """Ask those who may to confirm who the person is; they get a mail with the way to it.

    Raises Refused where nothing waits for that.
    """
    if not Person.can_be_kept_by(by):
        raise PermissionDenied
    if not makings([person.pk]):
        raise Refused(_("Nothing waits for that. It was confirmed, or the time is over."))
    event = record("accounts.confirmation_asked", person, by=by)
    tell(event, person, asks=ConfirmationAsked(person))


def note_confirmed(person: Person, *, by: Person) -> None:
    """Note that `by` has confirmed who the person is, by a second yes or for itself."""
    if makers := confirmable_by(person, by):
        tell(
            record("accounts.person_confirmed", person, by=by, facts={MAKERS: sorted(makers)}),
            person,
        )
