"""A quarter, a half-year and a year of the calendar, as committees tell of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.committees.models import Clause
from kommissorium.core.refusals import Refused
from kommissorium.measures.periods import Quarter


def quarter_named(text: str) -> Quarter:
    """Return the quarter that "2026-3" names. Raises Refused for what names none."""
    try:
        return Quarter.parse(text)
    except ValueError:
        raise Refused(_("Name the quarter by its year and number, as 2026-3.")) from None


def last_moment(quarter: Quarter) -> datetime:
    """Return the last moment of a quarter."""
    after = timezone.make_aware(datetime.combine(quarter.after.first, time()))
    return after - timedelta(microseconds=1)


def measured_since(measures: Sequence[str], today: date) -> dict[int, date]:
    """Return by committee since when its mandates ask for one of the measures, with the program.

    What a mandate asked for before it was approved here nobody could do with the program.
    """
    asked = Clause.objects.filter(
        mandate__approved_at__isnull=False,
        mandate__effective_from__lte=today,
        measure__in=measures,
    )
    names = ("mandate__committee", "mandate__effective_from", "mandate__approved_at")
    since: dict[int, date] = {}
    for key, begins, approved_at in asked.values_list(*names):
        if begins and approved_at:
            first = max(begins, timezone.localdate(approved_at))
            since[key] = min(first, since.get(key, first))
    return since


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
