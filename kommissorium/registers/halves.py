"""A half-year, which a committee evaluates within three months of its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from django.utils.translation import gettext as _

from kommissorium.meetings.year_plan import add_months

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
