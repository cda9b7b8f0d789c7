"""Hints that a date is awkward, and which date near it is clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kommissorium.committees.models import Committee
from kommissorium.meetings.working_days import obstacle, weeks

FURTHEST = 45  # days to either side; the longest stretch people are away is five weeks


@dataclass(frozen=True)
class Hint:
    """Reason why a day is awkward, as a sentence, and the nearest clear day, None for none."""

    text: str
    clear: date | None


def hint_for(day: date, committee: Committee) -> Hint | None:
    """Return what speaks against the day; None when nothing does."""
    avoided = avoided_weeks(committee)
    text = obstacle(day, avoided)
    return Hint(text, nearest_clear(day, avoided)) if text else None


def nearest_clear(day: date, avoided: frozenset[int]) -> date | None:
    """Return the nearest day that nothing speaks against, of two as near the earlier."""
    for distance in range(1, FURTHEST + 1):
        for step in (-distance, distance):
            near = _shifted(day, step)
            if near is not None and not obstacle(near, avoided):
                return near
    return None


def avoided_weeks(committee: Committee) -> frozenset[int]:
    """Return the weeks that the committee keeps free of meetings."""
    try:
        return weeks(committee.avoided_weeks)
    except ValueError:
        return frozenset()


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
