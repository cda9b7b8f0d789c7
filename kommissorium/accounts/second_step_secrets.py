"""Encrypts the secrets of the second sign-in step in the database."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.utils.translation import gettext as _

from kommissorium.core.encryption import decrypt, encrypt, keys
from kommissorium.core.refusals import Refused

MARK: Final = "gcm1:"  # before what is encrypted so; what lacks it was encrypted by Fernet, before
PURPOSE: Final = "second step"


class SecondStepAdapter(DefaultMFAAdapter):
    """Encrypts the key that codes are computed from: a copied database alone gives no second step.

    The key follows from the installation's own (secret.key). With another key the old second
    steps are unreadable, unless the key of before is still there; else people must be given new ones.
    """

    def encrypt(self, text: str) -> str:
        sealed = encrypt(text.encode(), PURPOSE)
        return f"{MARK}{base64.b64encode(sealed).decode('ascii')}"

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Raises Refused where it was encrypted by a key that is not there."""
        try:
            if not encrypted_text.startswith(MARK):
                return _cipher_of_before().decrypt(encrypted_text.encode("ascii")).decode()
            return decrypt(base64.b64decode(encrypted_text.removeprefix(MARK)), PURPOSE).decode()
        except (InvalidTag, InvalidToken):
            raise Refused(
                _(
                    "Your second step cannot be read: the key of the server is another one now. "
                    "Ask those who run Kommissorium to remove it; then you add a new one."
                )
            ) from None


def _cipher_of_before() -> MultiFernet:
    digests = (hashlib.sha256(f"second step:{key}".encode()).digest() for key in keys())
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
