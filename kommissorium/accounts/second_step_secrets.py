"""Encrypts the secrets of the second sign-in step in the database."""

from __future__ import annotations

import base64
import hashlib
import os
from typing import Final

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MARK: Final = "gcm1:"  # before what is encrypted so; what lacks it was encrypted by Fernet, before
NONCE: Final = 12  # bytes


class SecondStepAdapter(DefaultMFAAdapter):
    """Encrypts the key that codes are computed from: a copied database alone gives no second step.

    The key follows from the installation's own (secret.key). With another key the old second
    steps are unreadable, and people must be given new ones.
    """

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(NONCE)
        sealed = nonce + AESGCM(_key()).encrypt(nonce, text.encode(), None)
        return f"{MARK}{base64.b64encode(sealed).decode('ascii')}"

    def decrypt(self, encrypted_text: str) -> str:
        if not encrypted_text.startswith(MARK):
            return _cipher_of_before().decrypt(encrypted_text.encode("ascii")).decode()
        sealed = base64.b64decode(encrypted_text.removeprefix(MARK))
        return AESGCM(_key()).decrypt(sealed[:NONCE], sealed[NONCE:], None).decode()


def _key() -> bytes:
    return hashlib.sha256(b"second step, AES-256-GCM:" + settings.SECRET_KEY.encode()).digest()


def _cipher_of_before() -> Fernet:
    digest = hashlib.sha256(b"second step:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
