"""Reads the program's settings from the environment and the data folder."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from kommissorium.core.mail.set_up import NOWHERE

SECRET_FILE = "secret.key"  # noqa: S105 a file name
DATABASE_FILE = "kommissorium.sqlite3"

# WAL and FULL: an acknowledged write is on disk. recursive_triggers: a REPLACE fires
# the triggers that guard frozen rows.
SQLITE_INIT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
)

SUBMISSIONS = 465  # mail by TLS from the first byte (RFC 8314, 3.3)
IMAPS = 993  # the same for a mailbox; on any other port TLS begins by STARTTLS


def flag(name: str, *, default: bool = False) -> bool:
    """Return whether the variable says yes (1, true, yes, on)."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Return the variable's whole number. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value}.")
    return int(value)


def words(name: str) -> list[str]:
    """Return what the variable lists, with commas or spaces between."""
    return os.environ.get(name, "").replace(",", " ").split()


def timestamp_authority(*, demo: bool) -> tuple[str, str]:
    """Return address and file of certificates of who stamps the heads; "" where nobody does.

    Raises ImproperlyConfigured for another scheme, and for an address without certificates.
    """
    url = os.environ.get("KOMMISSORIUM_TIMESTAMP_URL", "").strip()
    file = os.environ.get("KOMMISSORIUM_TIMESTAMP_CERTIFICATES", "").strip()
    if demo:
        return "", ""
    if url and urlsplit(url).scheme not in {"http", "https"}:
        raise ImproperlyConfigured(
            "KOMMISSORIUM_TIMESTAMP_URL must start with https:// or http://."
        )
    if url and not file:
        raise ImproperlyConfigured(
            "KOMMISSORIUM_TIMESTAMP_URL needs KOMMISSORIUM_TIMESTAMP_CERTIFICATES beside it."
        )
    return url, file


def scanner() -> str:
    """Return where ClamAV's daemon listens: a socket's path or host:port; "" for nowhere.

    Raises ImproperlyConfigured for anything else.
    """
    place = os.environ.get("KOMMISSORIUM_CLAMD", "").strip()
    if not re.fullmatch(r"(/.+|.+:[0-9]{1,5})?", place):
        raise ImproperlyConfigured("KOMMISSORIUM_CLAMD must be a socket's path or host:port.")
    return place


def clock_shift(*, demo: bool) -> int:
    """Return the demonstration's offset from the true time, in seconds.

    Raises ImproperlyConfigured outside a demonstration: what a municipality does has its true time.
    """
    text = os.environ.get("KOMMISSORIUM_CLOCK_SHIFT", "").strip()
    if not text:
        return 0
    if not demo:
        raise ImproperlyConfigured("KOMMISSORIUM_CLOCK_SHIFT is for a demonstration alone.")
    try:
        return int(text)
    except ValueError:
        message = f"KOMMISSORIUM_CLOCK_SHIFT must be a whole number, not {text}."
        raise ImproperlyConfigured(message) from None


def mail_backend(*, demo: bool) -> str:
    """Return the mail backend: EMAIL_HOST's, printed in the demonstration, else none."""
    if demo:
        return "django.core.mail.backends.console.EmailBackend"
    if os.environ.get("EMAIL_HOST", "").strip():
        return "django.core.mail.backends.smtp.EmailBackend"
    return NOWHERE


def data_dir() -> Path:
    """Return the folder that holds database, files and key (KOMMISSORIUM_DATA)."""
    return Path(os.environ.get("KOMMISSORIUM_DATA", "data")).resolve()


def secret_key(folder: Path) -> str:
    """Return the signing key of this installation; never a default.

    Raises ImproperlyConfigured when neither the variable nor the file is there.
    """
    if value := os.environ.get("KOMMISSORIUM_SECRET_KEY"):
        return value
    try:
        return (folder / SECRET_FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        message = f"No key in {folder}: run 'kommissorium init' or set KOMMISSORIUM_SECRET_KEY."
        raise ImproperlyConfigured(message) from None


def secret_key_before(folder: Path) -> str:
    """Return the signing key that was replaced, as long as it is kept; "" where none is."""
    file = folder / f"{SECRET_FILE}.before"
    kept = file.read_text(encoding="ascii") if file.exists() else ""
    return os.environ.get("KOMMISSORIUM_SECRET_KEY_BEFORE", kept).strip()


def database(folder: Path) -> dict[str, Any]:
    """Return Django's settings of the one database of this municipality.

    SQLite in the data folder, or what DATABASE_URL names (postgres://user@host/name;
    sqlite:///path). Raises ImproperlyConfigured for another scheme.
    """
    url = os.environ.get("DATABASE_URL", "")
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        name = Path(parts.path) if url else folder / DATABASE_FILE
        return _sqlite(name)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or sqlite:///.")
    return {
        "ENGINE": "kommissorium.core.database.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(name: Path) -> dict[str, Any]:
    return {
        "ENGINE": "kommissorium.core.database.sqlite",
        "NAME": name,
        # One connection per server thread, kept: opening one costs five pragmas.
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_INIT,
            # Pages ask some hundreds of different questions; worded anew each costs a tenth.
            "cached_statements": 2000,
        },
    }
