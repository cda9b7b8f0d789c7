"""A sentence as plain data: its English texts with their values, as it is frozen and compared."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from kommissorium.measures.said import Phrase


def coded(words: Any) -> Any:
    """Return lists, texts and whole numbers that say the same; the same words give the same."""
    if isinstance(words, Phrase):
        values = [coded(getattr(words, one.name)) for one in fields(words)]  # type: ignore[arg-type]
        return [type(words).__name__, *values]
    if isinstance(words, (tuple, list)):
        return [coded(one) for one in words]
    if isinstance(words, (date, datetime)):
        return words.isoformat()
    return words if words is None or isinstance(words, (bool, int)) else str(words)
