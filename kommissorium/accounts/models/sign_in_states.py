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
    email: models.EmailField[str | None, str | None]
    has_usable_password: Callable[[], bool]

    @property
    def has_way_in(self) -> bool:
        """Return whether the person has a password or an account, wherever it serves today."""
        return bool(self.directory_account) or self.has_usable_password()

    @property
    def is_linked(self) -> bool:
        """Return whether the person can sign in by the directory that the settings name."""
        return settings.DIRECTORY is not None and bool(self.directory_account)

    @property
    def signs_in_there_alone(self) -> bool:
        """Return whether the directory is the person's only way in, as the settings may demand."""
        directory = settings.DIRECTORY
        return bool(directory and directory.is_only_way) and not self.breaks_glass

    @property
    def breaks_glass(self) -> bool:
        """Return whether the person's is the one login that goes past a directory that is all's."""
        directory, email = settings.DIRECTORY, str(self.email or "")
        return directory is not None and directory.breaks_glass(email)

    @property
    def can_use_password(self) -> bool:
        """Return whether the person has a password that lets them in."""
        return self.has_usable_password() and not self.signs_in_there_alone


def can_sign_in() -> models.Q:
    """Return the condition that a person with an open login has a way to use it."""
    found = ~models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if settings.DIRECTORY and settings.DIRECTORY.is_only_way:
        found &= models.Q(email__iexact=settings.DIRECTORY.break_glass)
    if settings.DIRECTORY:
        found |= models.Q(directory_account__isnull=False)
    return found & models.Q(email__isnull=False)
