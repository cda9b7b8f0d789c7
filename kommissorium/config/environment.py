"""Reads the program's settings from the environment and the data folder."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

from kommissorium.accounts.directory import Directory
from kommissorium.config.variables import (
    HOST,
    choice,
    exact,
    host,
    require_address,
    split_address,
    text,
    words,
)
from kommissorium.core.mail.set_up import NOWHERE
from kommissorium.core.signing_key import UnusableKey, read_key, read_key_before

DATABASE_FILE = "kommissorium.sqlite3"

# WAL and FULL: an acknowledged write is on disk. recursive_triggers: a REPLACE fires
# the triggers that guard frozen rows.
SQLITE_INIT = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
)

SUBMISSIONS = 465  # mail by TLS from the first byte (RFC 8314, 3.3)
IMAPS = 993  # the same for a mailbox; on any other port TLS begins by STARTTLS


def site_url() -> str:
    """Return the address people use. Raises ImproperlyConfigured for what is none."""
    value = text("KOMMISSORIUM_URL", "http://127.0.0.1:8000").rstrip("/")
    parts = split_address("KOMMISSORIUM_URL", value)
    is_plain = value == f"{parts.scheme}://{parts.netloc}" and "@" not in value
    if (
        parts.scheme not in {"http", "https"}
        or not HOST.fullmatch(parts.hostname or "")
        or not is_plain
    ):
        raise ImproperlyConfigured(
            "KOMMISSORIUM_URL must be scheme and host alone, like https://udvalg.example.dk "
            f"(letters outside ASCII as xn--…), not {value}."
        )
    return value


def time_zone() -> str:
    """Return the municipality's time zone. Raises ImproperlyConfigured for an unknown one."""
    name = text("KOMMISSORIUM_TIME_ZONE", "Europe/Copenhagen")
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise ImproperlyConfigured(
            f"KOMMISSORIUM_TIME_ZONE must be a time zone like Europe/Copenhagen, not {name}."
        ) from None
    return name


def security_contact() -> str:
    """Return where to tell of a weakness; "" for nowhere. Raises ImproperlyConfigured for neither
    mailto:, https: nor an e-mail address.
    """
    value = text("KOMMISSORIUM_SECURITY_CONTACT")
    if value and not value.startswith("https://"):
        require_address("KOMMISSORIUM_SECURITY_CONTACT", value.removeprefix("mailto:"))
    return value


def timestamp_authority(*, demo: bool) -> tuple[str, str]:
    """Return address and file of certificates of who stamps the heads; "" where nobody does.

    Raises ImproperlyConfigured for another scheme, and for an address without certificates.
    """
    url = text("KOMMISSORIUM_TIMESTAMP_URL")
    file = text("KOMMISSORIUM_TIMESTAMP_CERTIFICATES")
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
    if file and not os.access(file, os.R_OK):
        raise ImproperlyConfigured(
            f"KOMMISSORIUM_TIMESTAMP_CERTIFICATES: there is no file {file} that can be read."
        )
    return url, file


def directory(*, demo: bool) -> Directory | None:
    """Return the municipality's directory, by which people may sign in; None where none is named.

    Raises ImproperlyConfigured where it is named by halves, or not by TLS (but on this machine).
    """
    issuer, client = text("KOMMISSORIUM_OIDC_ISSUER"), text("KOMMISSORIUM_OIDC_CLIENT_ID")
    secret, tenant = exact("KOMMISSORIUM_OIDC_CLIENT_SECRET"), text("KOMMISSORIUM_OIDC_TENANT")
    id_claim = choice("KOMMISSORIUM_OIDC_ID_CLAIM", "sub", "oid")
    name, steps = text("KOMMISSORIUM_OIDC_NAME"), words("KOMMISSORIUM_OIDC_SECOND_STEP")
    alone = text("KOMMISSORIUM_OIDC_BREAK_GLASS").lower()
    if demo or not issuer:
        return None
    parts = split_address("KOMMISSORIUM_OIDC_ISSUER", issuer)
    is_near = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}
    is_whole = bool(parts.hostname) and not (parts.query or parts.fragment or "@" in parts.netloc)
    if not is_whole or not (parts.scheme == "https" or is_near):
        raise ImproperlyConfigured(
            "KOMMISSORIUM_OIDC_ISSUER must be the issuer as the directory writes it, by https://."
        )
    if not client or not secret or not name:
        raise ImproperlyConfigured(
            "KOMMISSORIUM_OIDC_ISSUER needs KOMMISSORIUM_OIDC_CLIENT_ID, "
            "KOMMISSORIUM_OIDC_CLIENT_SECRET and KOMMISSORIUM_OIDC_NAME beside it."
        )
    if id_claim == "oid" and not tenant:
        raise ImproperlyConfigured(
            "KOMMISSORIUM_OIDC_ID_CLAIM=oid needs KOMMISSORIUM_OIDC_TENANT beside it."
        )
    if alone:
        require_address("KOMMISSORIUM_OIDC_BREAK_GLASS", alone)
    return Directory(issuer, client, secret, name, id_claim, tenant, frozenset(steps), alone)


def scanner() -> str:
    """Return where ClamAV's daemon listens: a socket's path or host:port; "" for nowhere.

    Raises ImproperlyConfigured for anything else.
    """
    place = text("KOMMISSORIUM_CLAMD")
    if not re.fullmatch(r"(/.+|.+:[0-9]{1,5})?", place):
        raise ImproperlyConfigured("KOMMISSORIUM_CLAMD must be a socket's path or host:port.")
    return place


def clock_shift(*, demo: bool) -> int:
    """Return the demonstration's offset from the true time, in seconds.

    Raises ImproperlyConfigured outside a demonstration: what a municipality does has its true time.
    """
    value = text("KOMMISSORIUM_CLOCK_SHIFT")
    if not value:
        return 0
    if not demo:
        raise ImproperlyConfigured("KOMMISSORIUM_CLOCK_SHIFT is for a demonstration alone.")
    try:
        return int(value)
    except ValueError:
        message = f"KOMMISSORIUM_CLOCK_SHIFT must be a whole number, not {value}."
        raise ImproperlyConfigured(message) from None


def mail_backend(*, demo: bool) -> str:
    """Return the mail backend: EMAIL_HOST's, printed in the demonstration, else none."""
    if demo:
        return "django.core.mail.backends.console.EmailBackend"
    if host("EMAIL_HOST"):
        return "django.core.mail.backends.smtp.EmailBackend"
    return NOWHERE


def data_dir() -> Path:
    """Return the folder that holds database, files and key (KOMMISSORIUM_DATA)."""
    return Path(os.environ.get("KOMMISSORIUM_DATA", "data")).resolve()


def secret_keys(folder: Path) -> tuple[str, str]:
    """Return the signing key of this installation, never a default, and the one before it or "".

    Raises ImproperlyConfigured when neither the variable nor the file has one that is long enough.
    """
    try:
        return read_key(folder), read_key_before(folder)
    except UnusableKey as error:
        raise ImproperlyConfigured(str(error)) from None


def database(folder: Path) -> dict[str, Any]:
    """Return Django's settings of the one database of this municipality.

    SQLite in the data folder, or what DATABASE_URL names (postgres://user@host/name;
    sqlite:///path). Raises ImproperlyConfigured for another scheme.
    """
    url = text("DATABASE_URL")
    if not url:
        return _sqlite(folder / DATABASE_FILE)
    parts = split_address("DATABASE_URL", url)
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
        return _sqlite(Path(parts.path))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgres:// or sqlite:///.")
    if not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL names no database: postgres://user@host/name.")
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
