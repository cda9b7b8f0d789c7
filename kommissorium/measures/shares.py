"""Shares in per cent."""

from __future__ import annotations


def share(part: int, whole: int) -> int:
    """Return how many per cent of the whole a part is, rounded; only all are 100, only none 0."""
    if part in (0, whole):
        return 100 if part else 0
    return min(99, max(1, (200 * part + whole) // (2 * whole)))
