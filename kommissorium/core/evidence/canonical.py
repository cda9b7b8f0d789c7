"""Canonical JSON: one byte form for every fact, so that hashes can be compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

GENESIS = "0" * 64


def canonical(value: Mapping[str, Any]) -> str:
    """Return JSON with sorted keys, no spaces and no escapes beyond JSON's own.

    Dates and times are ISO 8601 (instants in UTC with microseconds), decimals are text.
    Raises TypeError for a float: binary fractions have no one text form.
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def in_local_time(moment: datetime) -> str:
    """Return a moment to the minute in the municipality's time, for a fact that people read."""
    return timezone.localtime(moment, timezone.get_default_timezone()).isoformat(timespec="minutes")


def instant(moment: datetime) -> str:
    """Return the moment as UTC with six decimals: 2026-11-25T13:00:00.000000Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 of the bytes (of the UTF-8 text) in hex."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()


def _plain(value: Any) -> Any:  # noqa: PLR0911 one line per type
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case datetime():
            return instant(value)
        case date() | time():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
