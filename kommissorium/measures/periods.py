"""A quarter and a half-year of the calendar, as committees tell of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kommissorium.measures.days import A_DAY, QUARTER, add_months
from kommissorium.measures.said import Said, _

HALF = 6  # months
WITHIN = 3  # months after its end in which a half-year is to be evaluated


@dataclass(frozen=True, order=True)
class Quarter:
    """The quarter of a year, numbered from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """Return the quarter that the day lies in."""
        return cls(day.year, (day.month + 2) // QUARTER)

    @classmethod
    def whole_from(cls, day: date) -> Quarter:
        """Return the first quarter of which no day lies before the day."""
        quarter = cls.of(day)
        return quarter if quarter.first >= day else quarter.after

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Return the quarter that "2026-3" names. Raises ValueError for what names none."""
        found = re.fullmatch(r"(2\d{3})-([1-4])", text.strip(), re.ASCII)
        if found is None:
            raise ValueError(text)
        return cls(int(found[1]), int(found[2]))

    @property
    def first(self) -> date:
        return date(self.year, self.number * QUARTER - 2, 1)

    @property
    def last(self) -> date:
        return add_months(self.first, QUARTER) - A_DAY

    @property
    def before(self) -> Quarter:
        return Quarter.of(self.first - A_DAY)

    @property
    def after(self) -> Quarter:
        return Quarter.of(add_months(self.first, QUARTER))

    @property
    def due(self) -> date:
        """Return the last day on which its status is approved in time: when the next one ends."""
        return self.after.last

    @property
    def words(self) -> Said:
        """Return "3. kvartal 2026" in Danish, "Quarter 3 of 2026" in English."""
        values = {"number": str(self.number), "year": str(self.year)}
        return _("Quarter %(number)s of %(year)s") % values

    @property
    def label(self) -> str:
        return str(self.words)

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    def has_ended(self, today: date) -> bool:
        return self.last < today


@dataclass(frozen=True, order=True)
class Half:
    """The half of a year, numbered 1 or 2."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Half:
        """Return the half that the day lies in."""
        return cls(day.year, 1 if day.month <= HALF else 2)

    @property
    def first(self) -> date:
        return date(self.year, 1 + HALF * (self.number - 1), 1)

    @property
    def last(self) -> date:
        return add_months(self.first, HALF) - A_DAY

    @property
    def before(self) -> Half:
        return Half.of(self.first - A_DAY)

    @property
    def after(self) -> Half:
        return Half.of(self.last + A_DAY)

    @property
    def due(self) -> date:
        """Return the last day on which it is evaluated in time."""
        return add_months(self.first, HALF + WITHIN) - A_DAY

    @property
    def words(self) -> Said:
        """Return "1. halvår 2026" in Danish, "Half 1 of 2026" in English."""
        return _("Half %(number)d of %(year)d") % {"number": self.number, "year": self.year}

    @property
    def label(self) -> str:
        return str(self.words)

    def has_ended(self, today: date) -> bool:
        return self.last < today

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last
