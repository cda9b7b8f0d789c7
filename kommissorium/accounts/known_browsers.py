"""Which browsers this program knows of a person: those in which they once signed in in full."""

from __future__ import annotations

import secrets
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from kommissorium.accounts.models import Person

LASTS: Final = 365 * 24 * 60 * 60  # seconds
MOST_PEOPLE = 5  # of one browser
SALT = "kommissorium.accounts.adapter"  # as it was called: who was known stays so
# Person → a name of the browser for that person, and what holds until the password changes.
type Known = dict[str, tuple[str, str]]


def remember(request: HttpRequest, response: HttpResponseBase, person: Person) -> None:
    """Mark the browser as known, now that the person has signed in there in full."""
    known, key = _known(request), str(person.pk)
    known.pop(key, None)
    newest = list(known.items())[1 - MOST_PEOPLE :]
    device = device_of(request, person) or secrets.token_urlsafe(12)
    kept = dict([*newest, (key, (device, _mark(person)))])
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(kept, salt=SALT, compress=True),
        max_age=LASTS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def device_of(request: HttpRequest, person: Person | None) -> str:
    """Return the browser's name where the person signed in before; "" where never.

    A new password makes all browsers strangers.
    """
    if person is None:
        return ""
    device, mark = _known(request).get(str(person.pk), ("", ""))
    return device if mark == _mark(person) else ""


def _known(request: HttpRequest) -> Known:
    cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    try:
        found: Known = signing.loads(cookie, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return {key: (device, mark) for key, (device, mark) in found.items()}


def _mark(person: Person) -> str:
    # Signed already: no more than enough of it to tell one password from another.
    return str(person.get_session_auth_hash())[:16]
