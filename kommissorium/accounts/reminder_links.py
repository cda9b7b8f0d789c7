"""The signed link by which somebody ends their reminders by mail without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from kommissorium.accounts.models import Person

_SALT = "kommissorium.accounts.reminders"


def reminder_stop_link(person: Person) -> str:
    """Return the whole address. It holds no name, works for as long as the mail is kept."""
    token = signing.Signer(salt=_SALT).sign_object(person.pk)
    return f"{settings.SITE_URL}{reverse('reminders_by_link', args=[token])}"


def person_by_link(token: str) -> Person | None:
    """Return the person whose reminders a token ends; None if it is not ours or they have left."""
    try:
        key = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found: Person | None = Person.objects.active().filter(pk=key).first()
    return found
