"""Days on which something is due: at a meeting or a working day; cadences in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.committees.models import Committee
from kommissorium.core.ui.localised import day
from kommissorium.meetings.models import Meeting
from kommissorium.meetings.year_plan import obstacle, weeks
from kommissorium.yearwheel.models import DutyCadence, Rhythm

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


REACH: Final = timedelta(days=FURTHEST)  # a day is moved no further, to a meeting or a working day
SUMMER: Final = frozenset(range(28, 33))  # weeks in which nothing is to be due
KNOWN_YEARS: Final = 50  # so far ahead somebody might look; holidays are not known for ever


class DueDays:
    """The meetings of a committee and the weeks it keeps free, to say when something is due."""

    def __init__(self, committee: Committee, meetings: Sequence[Meeting] | None = None) -> None:
        self.avoided = avoided_weeks(committee) | SUMMER
        if meetings is None:
            kept = Meeting.objects.filter(committee=committee)
            meetings = list(kept.of_the_calendar())
        self.meetings = {one.pk: one for one in meetings}
        self.days = {one.pk: timezone.localdate(one.starts_at) for one in meetings}

    def of(
        self,
        nominal: date,
        *,
        by_decision: bool,
        since: date,
        taken: Collection[int | None] = (),
    ) -> tuple[date, Meeting | None]:
        """Return when what a cadence gives on the day is due, and the meeting that decides it.

        Never before `since`, and no meeting decides two times of one duty: `taken` are those that
        decide others. Where no meeting lies near, and for what none decides, it is the nearest
        working day.
        """
        if by_decision:
            free = {key: day for key, day in self.days.items() if key not in taken and day >= since}
            key = nearest_meeting(free, nominal)
            if key is not None:
                return free[key], self.meetings[key]
        day = working_day(nominal, self.avoided)
        return (day if day >= since else nominal), None


def nearest_meeting(days: dict[int, date], nominal: date) -> int | None:
    """Return the key of the meeting nearest the day, of two as near the earlier; None for none."""
    near = [(abs(day - nominal), day, key) for key, day in days.items()]
    found = min(near, default=None)
    return found[2] if found and found[0] <= REACH else None


def working_day(nominal: date, avoided: frozenset[int]) -> date:
    """Return the day, or the nearest on which offices are open and no weeks are kept free."""
    if nominal.year > timezone.localdate().year + KNOWN_YEARS or not obstacle(nominal, avoided):
        return nominal
    return nearest_clear(nominal, avoided) or nominal


YEAR = 12


def months_in_words(months: int) -> str:
    """Return "every month", "every 3 months", "once a year", "every 2 years"."""
    if months == YEAR:
        return _("once a year")
    if months % YEAR == 0:
        return _("every %(years)d years") % {"years": months // YEAR}
    return ngettext("every month", "every %(number)s months", months) % {"number": months}


def rhythm_in_words(cadence: DutyCadence | None) -> str:
    """Return how often a cadence makes a duty fall due; "without a date" for none."""
    if cadence is None:
        return _("without a date")
    match cadence.rhythm:
        case Rhythm.MEETING:
            return _("at each meeting")
        case Rhythm.EVENT:
            return _("when it happens")
        case Rhythm.ONCE:
            return _("once, on %(date)s") % {"date": day(cadence.anchor)}
    return months_in_words(cadence.interval_months or YEAR)
