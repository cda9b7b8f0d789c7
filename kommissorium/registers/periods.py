"""A quarter, a half-year and a year of the calendar, as committees tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Self

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.meetings.year_plan import add_months
from kommissorium.tasks.quarters import next_quarter, previous_quarter, quarter_name


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """The quarter of a year, numbered from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter that the day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the quarter that "2026-3" names. Raises Refused for what names none."""
        found = re.fullmatch(r"(2\d{3})-([1-4])", text.strip(), re.ASCII)
        if found is None:
            raise Refused(_("Name the quarter by its year and number, as 2026-3."))
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return next_quarter(self.first) - timedelta(days=1)

    @property
    def end(self) -> datetime:
        """Return its last moment."""
        after = timezone.make_aware(datetime.combine(self.after.first, time()))
        return after - timedelta(microseconds=1)

    @property
    def before(self) -> Quarter:
        return Quarter.of(previous_quarter(self.first))

    @property
    def after(self) -> Quarter:
        return Quarter.of(next_quarter(self.first))

    @property
    def due(self) -> date:
        """Return the last day on which its status is approved in time: when the next one ends."""
        return self.after.last

    @property
    def label(self) -> str:
        """Return "3. kvartal 2026" in Danish, "Quarter 3 of 2026" in English."""
        return quarter_name(self.first)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    def has_ended(self, today: date) -> bool:
        return self.last < today


def ended_quarters(first: date, today: date) -> Iterator[Quarter]:
    """Yield the quarters that ended from the day on and before today, the newest first."""
    quarter = Quarter.of(today).before
    while quarter.last >= first:
        yield quarter
        quarter = quarter.before


def quarters_until(day: date, many: int) -> list[Quarter]:
    """Return so many quarters, the last of them the one that the day lies in."""
    found = [Quarter.of(day)]
    while len(found) < many:
        found.append(found[-1].before)
    return found[::-1]


HALF: Final = 6  # months
WITHIN: Final = 3  # months after its end in which it is to be evaluated


@dataclass(frozen=True, order=True, slots=True)
class Half:
    """The half of a year, numbered 1 or 2."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the half that the day lies in."""
        return cls(day.year, 1 if day.month <= HALF else 2)

    @property
    def first(self) -> date:
        return date(self.year, 1 + HALF * (self.number - 1), 1)

    @property
    def last(self) -> date:
        return add_months(self.first, HALF) - timedelta(days=1)

    @property
    def before(self) -> Half:
        return Half.of(self.first - timedelta(days=1))

    @property
    def after(self) -> Half:
        return Half.of(self.last + timedelta(days=1))

    @property
    def due(self) -> date:
        """Return the last day on which it is evaluated in time."""
        return add_months(self.first, HALF + WITHIN) - timedelta(days=1)

    @property
    def label(self) -> str:
        """Return "1. halvår 2026" in Danish, "Half 1 of 2026" in English."""
        return _("Half %(number)d of %(year)d") % {"number": self.number, "year": self.year}

    def has_ended(self, today: date) -> bool:
        return self.last < today

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, order=True, slots=True)
class Year:
    """A year; its `number` among the quarters is 0."""

    year: int
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the year that "2026" names. Raises Refused for what names none."""
        if not re.fullmatch(r"2\d{3}", text.strip(), re.ASCII):
            raise Refused(_("Name the year by its four digits, as 2026."))
        return cls(int(text))

    @property
    def first(self) -> date:
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        return date(self.year, 12, 31)

    @property
    def before(self) -> Year:
        return Year(self.year - 1)

    @property
    def after(self) -> Year:
        return Year(self.year + 1)

    @property
    def label(self) -> str:
        return str(self.year)

    @property
    def quarters(self) -> Sequence[Quarter]:
        return [Quarter(self.year, number) for number in range(1, 5)]

    def __str__(self) -> str:
        return str(self.year)

    def has_ended(self, today: date) -> bool:
        return self.last < today
