"""Ends a person's sessions for good, and the links that were sent before."""

from __future__ import annotations

from django.db.models import F

from kommissorium.accounts.models import Person


def end_sessions(person: Person) -> None:
    """End all sessions, reset links and invitations of the person; nothing brings them back."""
    Person.objects.filter(pk=person.pk).update(sign_in_epoch=F("sign_in_epoch") + 1)
    person.refresh_from_db(fields=["sign_in_epoch"])
