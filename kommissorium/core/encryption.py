"""Encrypts, by the installation's own key, what lies where others might read it."""

from __future__ import annotations

import hashlib
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE: Final = 12  # bytes


def encrypt(data: bytes, purpose: str) -> bytes:
    """Return the data encrypted by AES-256-GCM, with a key of its own for each purpose."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(settings.SECRET_KEY, purpose)).encrypt(nonce, data, None)


def decrypt(sealed: bytes, purpose: str) -> bytes:
    """Return what was encrypted. Raises InvalidTag where it was changed, or by another key."""
    nonce, rest = sealed[:NONCE], sealed[NONCE:]
    for key in keys():
        try:
            return AESGCM(_key(key, purpose)).decrypt(nonce, rest, None)
        except InvalidTag:
            continue
    raise InvalidTag


def keys() -> list[str]:
    """Return the signing key, and the one before it where it still reads what it encrypted."""
    return [key for key in (settings.SECRET_KEY, settings.SECRET_KEY_BEFORE) if key]


def _key(key: str, purpose: str) -> bytes:
    return hashlib.sha256(f"{purpose}, AES-256-GCM:{key}".encode()).digest()
