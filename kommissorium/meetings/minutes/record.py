"""The minutes as plain data, for the frozen record and other systems."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from kommissorium.meetings.minutes.model import Protocol


def minutes_json(protocol: Protocol) -> dict[str, Any]:
    """Return all of the minutes as lists, dicts, texts, numbers, booleans and None.

    The keys are the names of the fields in model.py. Times are ISO 8601 with offset, days
    2026-12-03. A file stands as name, type, size in bytes and SHA-256.
    """
    plain: dict[str, Any] = _plain(asdict(protocol))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
