"""Whether mail is set up: until it is, queued mails wait."""

from __future__ import annotations

from django.conf import settings

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"  # without EMAIL_HOST: see settings


def mail_is_set_up() -> bool:
    """Return whether mails can leave, or are printed as in the demonstration."""
    return settings.EMAIL_BACKEND != NOWHERE
