"""What the draft of a year's plan can begin with: days of that year, and duties of the wheel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.registers.models.activities import YearPlan
from kommissorium.yearwheel.models import Duty
from kommissorium.yearwheel.responsible import responsible_now

AUTUMN: Final = 10  # the month from which the plan of the next year is made
READY: Final = timedelta(days=30)  # between a proposal and the first activity of it


@dataclass(frozen=True)
class Told:
    """What a proposed activity takes from the wheel, or from the program where no duty says it."""

    title: str
    planned_for: date
    responsible: Person


def proposed_year(plan: type[YearPlan]) -> int:
    """Return the year to plan: the next from October on, and where this one has its plan."""
    today = timezone.localdate()
    planned = plan._default_manager.filter(year=today.year, state="approved")  # noqa: SLF001
    return today.year + int(today.month >= AUTUMN or planned.exists())


def fitting(year: int, month: int, day: int) -> date:
    """Return the day of the year; the first there is time for where that is over or near."""
    first = timezone.localdate() + READY
    return min(max(date(year, month, day), first), date(year, 12, 31))


class Wheel:
    """The duties of the wheel that a kind's plan takes the place of, by their keys."""

    def __init__(self, keys: Sequence[str], year: int, by: Person) -> None:
        self.year, self.by = year, by
        found = Duty.objects.filter(default_key__in=keys, ended_on=None).prefetch_related(
            "cadences"
        )
        self.duties = {one.default_key: one for one in found.order_by("-pk")}

    def told(self, key: str, title: str, month: int, day: int) -> Told:
        """Return what the duty of that key says; without one the title and the day given."""
        duty = self.duties.get(key)
        if duty is None:
            return Told(title, fitting(self.year, month, day), self.by)
        anchor = duty.cadence.anchor if duty.cadence else None
        if anchor is not None:
            month, day = anchor.month, min(anchor.day, 28)
        person = responsible_now(duty)
        owner = person if person and person.is_active else self.by
        return Told(duty.title, fitting(self.year, month, day), owner)


def missing(rows: Iterable[Any], there: Iterable[Any], names: Sequence[str]) -> list[Any]:
    """Return the rows that none there is like by these fields."""
    known = {tuple(getattr(one, name) for name in names) for one in there}
    return [one for one in rows if tuple(getattr(one, name) for name in names) not in known]
