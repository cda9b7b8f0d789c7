"""Random secrets that people type: their letters, and the stored hash."""

from __future__ import annotations

import secrets
from hashlib import sha256

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


def hash_of(secret: str) -> str:
    """Return the stored hash of a secret that was drawn at random."""
    return sha256(secret.encode()).hexdigest()


def letters(number: int) -> str:
    """Return this many letters and digits."""
    return "".join(secrets.choice(LETTERS) for _place in range(number))
