"""Pages of the secretariat."""

from __future__ import annotations

from django.http import HttpRequest

from kommissorium.accounts.models import Person


def signed_in(request: HttpRequest) -> Person:
    """Return who asks; the sign-in middleware lets nobody else come this far."""
    person = request.user
    if not isinstance(person, Person):
        raise TypeError("a page was reached without a sign-in")
    return person
