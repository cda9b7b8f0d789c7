"""Page of the wheel for a person: all committees, one, or their own duties.

As many queries for many committees as for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.meetings.models import Meeting
from kommissorium.yearwheel.register_bundles import bundled
from kommissorium.yearwheel.wheel import Wheel
from kommissorium.yearwheel.wheel_entries import (
    NO_FILTERS,
    Filters,
    WheelEntry,
    narrow,
)
from kommissorium.yearwheel.wheel_geometry import Gathering, WheelPicture, draw

type Which = Literal["one", "all", "mine"]


@dataclass(frozen=True)
class WheelLine:
    """One line of the list beside the picture: something due, or a meeting."""

    day: date
    title: str
    url: str
    committee: str
    entry: WheelEntry | None = None

    @property
    def is_late(self) -> bool:
        return self.entry is not None and self.entry.state == "overdue"


@dataclass(frozen=True)
class View:
    """A year of some wheels as one person sees it. `committees` have `follows`."""

    which: Which
    committees: Sequence[Any]
    year: int
    person: Person
    wheel: Wheel

    @cached_property
    def readable(self) -> list[WheelEntry]:
        """Return all that is due in the year and is the person's to read here."""
        followed = {one.pk for one in self.committees if one.follows and self.which != "mine"}
        found = self.wheel.entries(date(self.year, 1, 1), date(self.year, 12, 31))
        return [
            entry
            for entry in found
            if self.committee_of(entry).pk in followed or entry.concerns(self.person)
        ]

    @cached_property
    def gatherings(self) -> list[Gathering]:
        """Return the year's meetings that the person may follow (one query)."""
        visible = Meeting.objects.visible_to(self.person).of_the_calendar()
        kept = visible.filter(committee__in=self.wheel.keys, starts_at__date__year=self.year)
        return [
            Gathering(
                timezone.localdate(meeting.starts_at),
                self._title(meeting),
                meeting.get_absolute_url(),
            )
            for meeting in kept.select_related("committee").order_by("starts_at", "pk")
        ]

    @property
    def title(self) -> str:
        """Return whose wheel it is."""
        if self.which == "one":
            return str(self.committees[0].name)
        return _("Your own duties") if self.which == "mine" else _("All committees")

    @property
    def opened(self) -> str:
        """Return the number of the month that stands open: this one, of another year the first."""
        today = self.wheel.today
        return str(today.month if today.year == self.year else 1)

    @property
    def is_of_one(self) -> bool:
        return len(self.committees) == 1

    def shown(self, filters: Filters = NO_FILTERS) -> list[WheelEntry]:
        return narrow(self.readable, filters)

    def picture(self, filters: Filters = NO_FILTERS) -> WheelPicture:
        """Return the year drawn, of the entries that are wanted."""
        leads = {duty.pk: duty.lead_days for duty in self.wheel.duties}
        return draw(self.year, self.bundled(filters), leads, self.gatherings, self.wheel.today)

    def bundled(self, filters: Filters = NO_FILTERS) -> list[WheelEntry]:
        """Return the entries that are wanted, those of registers in bundles."""
        whose = filters.person or (self.person.pk if self.which == "mine" else None)
        return bundled(self.shown(filters), whose)

    def lines(self, filters: Filters = NO_FILTERS, *, singly: bool = False) -> list[WheelLine]:
        """Return the same as a list, by day; meetings first. `singly` leaves bundles undone."""
        meetings = [WheelLine(one.day, one.title, one.url, "") for one in self.gatherings]
        entries = [
            WheelLine(entry.due, entry.title, entry.url, self._name(entry), entry)
            for entry in (self.shown(filters) if singly else self.bundled(filters))
        ]
        return sorted([*meetings, *entries], key=lambda line: line.day)

    def committee_of(self, entry: WheelEntry) -> Any:
        return self._committees[self._committee_keys[entry.duty]]

    @cached_property
    def _committees(self) -> dict[int, Any]:
        return {committee.pk: committee for committee in self.committees}

    @cached_property
    def _committee_keys(self) -> dict[int, int]:
        return {duty.pk: duty.committee_id for duty in self.wheel.duties}

    def _name(self, entry: WheelEntry) -> str:
        return "" if self.is_of_one else str(self.committee_of(entry).name)

    def _title(self, meeting: Meeting) -> str:
        label = _("Meeting %(number)s") % {"number": meeting.label} if meeting.label else ""
        named = "" if self.is_of_one else meeting.committee.name
        mark = meeting.get_state_display() if meeting.registered_at else ""
        return ", ".join(filter(None, [label or _("Meeting"), named, mark]))


def view_of(which: Which, committees: Sequence[Any], year: int, person: Person) -> View:
    """Return a year of the wheels of some committees. They have `follows`."""
    return View(which, committees, year, person, Wheel(*committees))


def by_month(lines: Iterable[WheelLine]) -> Iterator[tuple[date, list[WheelLine]]]:
    """Yield the first of each month that has lines, with them."""
    month: list[WheelLine] = []
    for line in lines:
        if month and line.day.month != month[0].day.month:
            yield month[0].day.replace(day=1), month
            month = []
        month.append(line)
    if month:
        yield month[0].day.replace(day=1), month
