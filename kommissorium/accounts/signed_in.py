"""The person who is signed in, and their municipality, from a request."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from kommissorium.accounts.models import Municipality, Person


def person_of(request: HttpRequest) -> Person:
    """Return the person signed in. Raises PermissionDenied for nobody: the middleware stops it."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def municipality_of(request: HttpRequest) -> Municipality:
    """Return the municipality that the sign-in middleware has fetched for the person signed in."""
    return getattr(request, "municipality", None) or Municipality.current()
