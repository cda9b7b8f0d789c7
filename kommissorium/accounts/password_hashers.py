"""Passwords are kept as Argon2id, and no more than two are checked at once."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.conf import settings
from django.contrib.auth.hashers import BasePasswordHasher, PBKDF2PasswordHasher
from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused

# RFC 9106 and OWASP: 19 MiB, two passes. Measured in docs/decisions/0026-racing-and-signing-in.md.
MEMORY, PASSES, LANES, LENGTH = 19_456, 2, 1, 32
AT_ONCE = 2
MOST_WAITING = 1  # of one process, besides those being checked: other threads serve pages
LONGEST_WAIT, WAIT_FOR_ROOM = 10.0, 0.5  # seconds
LOOK_AGAIN = 0.02
_room = threading.BoundedSemaphore(AT_ONCE + MOST_WAITING)


class TooBusy(Refused):
    """Raised for a password left unchecked because too many others are being checked."""

    def __init__(self) -> None:
        super().__init__(_("Many are signing in just now. Wait a moment and try again."))


class Argon2idHasher(BasePasswordHasher):
    """Argon2id of the library that encrypts our secrets, in Django's own form: argon2$argon2id$…"""

    algorithm = "argon2"

    def encode(self, password: str, salt: str) -> str:
        """Return the encoded form of a password that is stored."""
        with _turn():
            kept: str = _argon2id(salt.encode()).derive_phc_encoded(password.encode())
        return f"{self.algorithm}{kept}"

    def verify(self, password: str, encoded: str) -> bool:
        """Return whether it is the password."""
        with _turn():
            try:
                Argon2id.verify_phc_encoded(password.encode(), encoded.removeprefix(self.algorithm))
            except InvalidKey:
                return False
        return True

    def decode(self, encoded: str) -> dict[str, Any]:
        """Return the parts of the encoded form."""
        algorithm, variety, version, costs, salt, kept = encoded.split("$")
        told = {"algorithm": algorithm, "variety": variety, "version": version}
        return {**told, "costs": costs, "salt": salt, "hash": kept}

    def must_update(self, encoded: str) -> bool:
        """Return whether it was made with other costs than ours."""
        costs: str = self.decode(encoded)["costs"]
        return costs != f"m={MEMORY},t={PASSES},p={LANES}"

    def safe_summary(self, encoded: str) -> Any:
        """Return what may be shown of the encoded form."""
        return {name: value for name, value in self.decode(encoded).items() if name != "hash"}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Do nothing: other costs take about as long."""


class OldHasher(PBKDF2PasswordHasher):
    """The hasher passwords were stored by before; signing in with one renews it."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with _turn():
            kept: str = super().encode(password, salt, iterations)
        return kept


def _argon2id(salt: bytes) -> Argon2id:
    return Argon2id(salt=salt, length=LENGTH, iterations=PASSES, lanes=LANES, memory_cost=MEMORY)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait until fewer than two passwords are checked in all processes. Raises TooBusy."""
    if not _room.acquire(timeout=WAIT_FOR_ROOM):
        raise TooBusy
    try:
        with _place():
            yield
    finally:
        _room.release()


@contextmanager
def _place() -> Iterator[None]:
    """Hold one of the places that all processes on this data folder share: a locked file each."""
    folder = settings.DATA_DIR / "locks"
    folder.mkdir(exist_ok=True, mode=0o700)
    flags = os.O_RDWR | os.O_CREAT
    places = [os.open(folder / f"password-{one}", flags, 0o600) for one in range(AT_ONCE)]
    try:
        _lock_one(places)
        yield
    finally:
        for place in places:  # closing lets go
            os.close(place)


def _lock_one(places: list[int]) -> None:
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        for place in places:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            return
        time.sleep(LOOK_AGAIN)
    raise TooBusy
