"""Wheel a mandate proposes in three sizes, with the hours a month it takes, and whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kommissorium.committees.models import Seat
from kommissorium.core.ui.localised import number
from kommissorium.yearwheel.defaults.effort import Size
from kommissorium.yearwheel.due_days import DueDays
from kommissorium.yearwheel.duty_proposals import ProposedDuty

YEAR: Final = timedelta(days=365)
QUARTERLY: Final = 4  # meetings a year where none are planned
MONTHS, HOUR = 12, 60
LABELS: Final = {
    Size.FIRST: gettext_lazy("To begin with"),
    Size.USUAL: gettext_lazy("The usual"),
    Size.ALL: gettext_lazy("All of it"),
}


@dataclass(frozen=True)
class WheelSize:
    """One size of the wheel: what it holds and how often a year the committee meets."""

    size: Size
    proposals: Sequence[ProposedDuty]
    meetings: int

    @property
    def code(self) -> str:
        return self.size.name.lower()

    @property
    def label(self) -> str:
        return str(LABELS[self.size])

    @property
    def duties(self) -> str:
        """Return how many duties it holds, in words."""
        text = ngettext("%(number)d duty", "%(number)d duties", len(self.proposals))
        return text % {"number": len(self.proposals)}

    @property
    def hours(self) -> str:
        """Return how long it takes, in words."""
        return hours_a_month(sum(_hours(one, self.meetings) for one in self.proposals))

    @property
    def is_adopted(self) -> bool:
        return all(one.is_adopted for one in self.proposals)

    def by_person(self, seats: Iterable[Seat]) -> list[tuple[str, str]]:
        """Return whose hours they are, those with the most first; `seats` come with their holders."""
        found: dict[str, float] = defaultdict(float)
        holders = {seat.pk: seat for seat in seats}
        for one in self.proposals:
            found[_who(one, holders)] += _hours(one, self.meetings)
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return [(name, hours_a_month(hours)) for name, hours in ranked]


def sizes_of(found: Sequence[ProposedDuty], days: DueDays) -> list[WheelSize]:
    """Return the three sizes of what is proposed, the smallest first; `days` know the meetings."""
    meetings = meetings_a_year(days)
    return [
        WheelSize(size, [one for one in found if one.effort.size <= size], meetings)
        for size in Size
    ]


def chosen_size(sizes: Sequence[WheelSize], code: str) -> WheelSize:
    """Return the one asked for; the smallest with something left where none is."""
    asked = [one for one in sizes if one.code == code]
    left = [one for one in sizes if not one.is_adopted]
    return next(iter([*asked, *left, sizes[-1]]))


def meetings_a_year(days: DueDays) -> int:
    """Return how many meetings are planned for the year to come; four where none are."""
    today = timezone.localdate()
    return sum(today <= day < today + YEAR for day in days.days.values()) or QUARTERLY


def hours_a_month(hours: float) -> str:
    """Return hours in words, rounded to half ones; the estimates are no finer."""
    rounded = max(round(hours * 2) / 2, 0.5)
    text = ngettext(
        "about %(hours)s hour a month", "about %(hours)s hours a month", 1 if rounded <= 1 else 2
    )
    return text % {"hours": number(rounded)}


def _hours(one: ProposedDuty, meetings: int) -> float:
    times = MONTHS / one.interval_months if one.interval_months else meetings
    return one.effort.minutes * times / MONTHS / HOUR


def _who(one: ProposedDuty, holders: Mapping[int, Seat]) -> str:
    seat = holders.get(one.seat.pk) if one.seat else None
    if seat is None:
        return str(one.seat) if one.seat else _("Nobody yet")
    return seat.holder.name if seat.holder else _("%(seat)s (vacant)") % {"seat": seat}
