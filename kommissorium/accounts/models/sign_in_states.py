"""Whether people can sign in, how far they have come, and whether by the municipality's directory."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInState(models.TextChoices):
    """Whether a person can sign in, and if not, how far they have come."""

    NONE = "none", _("No login")
    INVITED = "invited", _("Invited")
    ACTIVE = "active", _("Can sign in")
    CLOSED = "closed", _("Closed")


class Linked:
    """The part of a person that is about the municipality's directory."""

    directory_account: models.CharField[str | None, str | None]
    has_usable_password: Callable[[], bool]

    @property
    def has_way_in(self) -> bool:
        """Return whether the person has a password or an account, wherever it serves today."""
        return bool(self.directory_account) or self.has_usable_password()

    @property
    def is_linked(self) -> bool:
        """Return whether the person can sign in by the directory that the settings name."""
        return settings.DIRECTORY is not None and bool(self.directory_account)


def can_sign_in() -> models.Q:
    """Return the condition that a person with an open login has a way to use it."""
    found = ~models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if settings.DIRECTORY:
        found |= models.Q(directory_account__isnull=False)
    return found & models.Q(email__isnull=False)
