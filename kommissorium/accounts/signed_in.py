"""Who is signed in, and their municipality, from a request."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from kommissorium.accounts.models import Municipality, Person


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in. Raises PermissionDenied for nobody, whom the middleware stops."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def municipality_of(request: HttpRequest) -> Municipality:
    """Return the municipality, which the sign-in middleware has fetched for who is signed in."""
    return getattr(request, "municipality", None) or Municipality.current()
