"""The key in a password reset's link: of no use once sessions were ended for good."""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from kommissorium.accounts.models import Person


class ResetKeys(PasswordResetTokenGenerator):
    """Django's keys, which also die with the e-mail, a closed login and a new password."""

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}:{user.sign_in_epoch}"
