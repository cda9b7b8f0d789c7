"""Dates for what the mandate proposes to a committee that begins: after its first meeting, spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.yearwheel.due_days import DueDays, working_day
from kommissorium.yearwheel.duty_proposals import ProposedDuty, propose_duties

WEEK = timedelta(days=7)
MOST_WEEKS = 16  # so far a date is moved at most, to a fortnight of its own
MONTH, YEAR = 30, 12  # days, months


def propose_spread(committee: Committee) -> list[ProposedDuty]:
    """Return what the clauses propose; for a committee that has not met yet after its first
    meeting, and no two of what nobody decides in the same fortnight where there is room.
    """
    days = DueDays(committee)
    first = min(days.days.values(), default=None)
    if first is None or first <= timezone.localdate():
        return propose_duties(committee, days=days)
    return _spread(propose_duties(committee, first, days), days, first)


def _spread(found: Sequence[ProposedDuty], days: DueDays, since: date) -> list[ProposedDuty]:
    own = [one for one in found if one.key.startswith("clause:")]
    shares = {one.key: place / (len(own) + 1) for place, one in enumerate(own, 1)}
    taken: set[int] = set()
    return [_moved(one, shares.get(one.key), days, since, taken) for one in found]


def _moved(
    one: ProposedDuty, share: float | None, days: DueDays, since: date, taken: set[int]
) -> ProposedDuty:
    if one.due is None or one.by_decision or one.is_adopted:
        return one
    due = one.due
    if share is not None:  # clauses of the committee's own name no month: each its part of the time
        due = since + timedelta(days=round(share * MONTH * (one.interval_months or 1)))
    if (one.interval_months or 0) >= YEAR:  # what recurs more often is spread by that
        due = _free(due, days, taken)
    taken.add(_fortnight(due))
    return one if due == one.due else replace(one, first=due, due=due, anchor=None)


def _free(day: date, days: DueDays, taken: set[int]) -> date:
    """Return the day, or the first of the weeks after it in whose fortnight nothing is due yet."""
    for weeks in range(MOST_WEEKS + 1):
        found = working_day(day + weeks * WEEK, days.avoided)
        if _fortnight(found) not in taken:
            return found
    return day


def _fortnight(day: date) -> int:
    return day.toordinal() // 14
