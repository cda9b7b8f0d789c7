"""Shares in per cent."""

from __future__ import annotations

from decimal import Decimal


def share(part: int, whole: int) -> int:
    """Return how many per cent of the whole a part is, rounded; only all are 100, only none 0."""
    if part in (0, whole):
        return 100 if part else 0
    return min(99, max(1, (200 * part + whole) // (2 * whole)))


def exact_share(part: int, whole: int) -> Decimal:
    """Return it with two decimals, to be held against what is wanted: 79.6 % is not 80 %."""
    if part in (0, whole):
        return Decimal(100 if part else 0)
    hundredths = (20_000 * part + whole) // (2 * whole)
    return Decimal(min(9_999, max(1, hundredths))) / 100
