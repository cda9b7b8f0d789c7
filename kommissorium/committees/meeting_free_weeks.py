"""Reads the weeks without meetings as people write them: "7-8, 28-32, 42"."""

from __future__ import annotations

import re

LAST_WEEK = 53
_PART = re.compile(r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?")


def week_ranges(text: str) -> list[tuple[int, int]]:
    """Return the ISO weeks as pairs of first and last week, in the order written.

    Raises ValueError with the part that names no weeks.
    """
    ranges = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        match = _PART.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= LAST_WEEK:
            raise ValueError(part)
        ranges.append((first, last))
    return ranges


def tidy_weeks(text: str) -> str:
    """Return the weeks in their stored form: "7-8, 42". Raises ValueError as `week_ranges`."""
    return ", ".join(
        f"{first}-{last}" if last > first else f"{first}" for first, last in week_ranges(text)
    )
