"""The signing key of an installation: where it lies, what it must be, and how another takes its place.

Imports no Django: the settings are read from it.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

FILE, BEFORE = "secret.key", "secret.key.before"
VARIABLE = "KOMMISSORIUM_SECRET_KEY"
SHORTEST = 32  # letters; ours have 67


class UnusableKey(Exception):
    """There is no key, or none that signs; the message says in one sentence what to do."""


def read_key(folder: Path) -> str:
    """Return the signing key; never a default. Raises UnusableKey for one missing or too short."""
    given = os.environ.get(VARIABLE)
    where = VARIABLE if given else str(folder / FILE)
    try:
        key = (given or (folder / FILE).read_text(encoding="ascii")).strip()
    except FileNotFoundError:
        raise UnusableKey(
            f"There is no key in {folder}. Run 'kommissorium init' first, or set {VARIABLE}."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableKey(f"The key in {where} cannot be read: {error}.") from None
    if len(key) < SHORTEST:
        raise UnusableKey(
            f"The key in {where} has {len(key)} letters and needs {SHORTEST}. Put back the one that "
            "was there; one that was always so short is replaced (docs/installation.md)."
        )
    return key


def read_key_before(folder: Path) -> str:
    """Return the signing key that was replaced, as long as it is kept; "" where none is."""
    file = folder / BEFORE
    kept = file.read_text(encoding="ascii") if file.exists() else ""
    return os.environ.get("KOMMISSORIUM_SECRET_KEY_BEFORE", kept).strip()


def new_key() -> str:
    """Return a key that nobody has."""
    return secrets.token_urlsafe(50)


def put_new_key(folder: Path) -> tuple[str, str]:
    """Put another key in place and keep the former beside it; return both.

    Where the former lies there already, this was cut short before: the key that took its place is
    returned. At no moment is either key in no file.
    """
    key, before = read_key(folder), read_key_before(folder)
    if before and before != key:
        return key, before
    new = new_key()
    write_key(folder / BEFORE, key)
    write_key(folder / FILE, new)
    return new, key


def write_key(path: Path, key: str) -> None:
    """Write a key for its owner alone, whole or not at all; it is on disk when this returns."""
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # mode 600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{key}\n")
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let what was named and removed in the folder be on disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
