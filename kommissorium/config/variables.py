"""Variables of the environment as values, or a sentence that says what is wrong with one."""

from __future__ import annotations

import os
import re
from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
HOST = re.compile(r"[A-Za-z0-9_.-]+|[0-9A-Fa-f:]+:[0-9A-Fa-f:]*")
LARGEST_PORT = 65535
SHORTEST_TOKEN = 20


# Every variable that was asked for; these are read before the settings are.
ASKED = {
    *("KOMMISSORIUM_DATA", "KOMMISSORIUM_MEMORY_MB", "KOMMISSORIUM_CLOCK_SHIFT"),
    *("KOMMISSORIUM_SECRET_KEY", "KOMMISSORIUM_SECRET_KEY_BEFORE"),
}


def exact(name: str) -> str:
    """Return the variable as it is, for a password may begin with a space; "" where it is missing."""
    ASKED.add(name)
    return os.environ.get(name, "")


def text(name: str, default: str = "") -> str:
    """Return the variable without spaces around it; the default where it is missing or empty."""
    return exact(name).strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return the variable's yes or no. Raises ImproperlyConfigured for anything else."""
    value = text(name).lower()
    if value and value not in YES + NO:
        raise ImproperlyConfigured(
            f"{name} must be yes (1, true, on) or no (0, false, off), not {value}."
        )
    return value in YES if value else default


def number(name: str, default: int, *, least: int = 1, most: int = 10**9) -> int:
    """Return the variable's whole number. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value}.")
    if not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must lie from {least} to {most}, not at {value}.")
    return int(value)


def words(name: str) -> list[str]:
    """Return what the variable lists, with commas or spaces between."""
    return text(name).replace(",", " ").split()


def addresses(name: str, *besides: str) -> list[str]:
    """Return the e-mail addresses, or words of `besides`, that the variable lists.

    Raises ImproperlyConfigured for anything else.
    """
    found = words(name)
    for one in found:
        if one not in besides:
            require_address(name, one)
    return found


def sender(name: str, default: str) -> str:
    """Return the variable's `address` or `Name <address>`. Raises ImproperlyConfigured for none."""
    value = text(name, default)
    require_address(name, parseaddr(value)[1] or value)
    return value


def require_address(name: str, value: str) -> None:
    try:
        validate_email(value)
    except ValidationError:
        raise ImproperlyConfigured(f"{name}: {value} is no e-mail address.") from None


def host(name: str) -> str:
    """Return the variable's host name alone. Raises ImproperlyConfigured for a whole address."""
    value = text(name)
    if value and not HOST.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} must be a host name alone, without scheme or port, not {value}."
        )
    return value


def choice(name: str, *choices: str) -> str:
    """Return which of the words the variable says, the first where it is missing.

    Raises ImproperlyConfigured for another word.
    """
    value = text(name, choices[0]).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value}.")
    return value


def token(name: str) -> str:
    """Return the variable's secret word, "" for none. Raises ImproperlyConfigured for a short one."""
    value = text(name)
    if value and len(value) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(f"{name} must have at least {SHORTEST_TOKEN} letters or digits.")
    return value


def split_address(name: str, url: str) -> SplitResult:
    """Return the parts of an address, which is not told: it may hold a password."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is no address: look at its host and port.") from None
    return parts
