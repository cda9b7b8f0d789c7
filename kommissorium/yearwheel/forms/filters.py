"""Filters of the wheel, from the address, and the states they ask for in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kommissorium.core.ui.forms import FilterForm, choice_field
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.wheel_entries import Filters, WheelEntry


def in_state(state: str, lead_days: int, today: date) -> Q:
    """Return the condition that an occurrence of a duty stands so; one for all states for "".

    The same as reading.state_of says.
    """
    near = today + timedelta(days=lead_days)
    done, fine = Q(state=Occurrence.State.DONE), Q(result__in=Occurrence.FAULTLESS)
    waiting = Q(state=Occurrence.State.OPEN)
    met = Q(duty__by_decision=True, meeting__state__in=Occurrence.MINUTES_TO_COME)
    over = waiting & Q(due__lt=today)
    # A condition on the meeting holds for what has none too, only when it is asked the other way.
    return {
        "": Q(),
        "overdue": over & (Q(meeting=None) | ~met),
        "minutes": over & met,
        "soon": waiting & Q(due__range=(today, near)),
        "open": waiting & Q(due__gt=near),
        "done": done & fine,
        "done_with_fault": done & ~fine,
        "skipped": Q(state=Occurrence.State.SKIPPED),
    }[state]


STATES = [
    ("", _("All")),
    ("open", _("Open")),
    ("overdue", _("Overdue")),
    ("soon", _("Due soon")),
    ("minutes", _("Awaits the minutes")),
    ("done", _("Done")),
    ("done_with_fault", _("Done, faults found")),
    ("skipped", _("Skipped")),
    ("projected", _("Planned")),
]


class TimesFilter(FilterForm):
    """The times of one duty, narrowed. Nonsense in the address narrows nothing."""

    state = choice_field(_("State"))
    month = choice_field(_("Due"))
    person = choice_field(_("Done by"))

    def __init__(self, data: Any, rows: QuerySet[Occurrence]) -> None:
        super().__init__(data)
        people = rows.filter(delegate__isnull=False).order_by("delegate__name")
        days = rows.order_by("due").values_list("due__year", "due__month").distinct()
        self._months = {f"{year}-{month:02}": date(year, month, 1) for year, month in days}
        months = [(key, date_format(day, "F Y")) for key, day in self._months.items()]
        names = people.values_list("delegate", "delegate__name").distinct()
        offers: dict[str, list[Any]] = {
            "state": [one for one in STATES if one[0] not in ("", "projected")],
            "month": months,
            "person": [(str(key), name) for key, name in names],
        }
        for name, choices in offers.items():
            self.offer(name, choices)

    def of(self, rows: QuerySet[Occurrence], duty: Duty, today: date) -> QuerySet[Occurrence]:
        """Return the rows that are wanted, the first due first."""
        found = rows.filter(in_state(self.value("state"), duty.lead_days, today))
        if first := self.first:
            found = found.filter(due__year=first.year, due__month=first.month)
        if person := self.value("person"):
            found = found.filter(delegate=int(person))
        return found.order_by("due", "pk")

    @property
    def first(self) -> date | None:
        """Return the first day of the month that is wanted; None for all."""
        return self._months.get(self.value("month"))


class WheelFilter(FilterForm):
    """The choices are what the year holds. Nonsense in the address narrows nothing."""

    state = choice_field(_("State"))
    person = choice_field(_("Responsible"))
    clause = choice_field(_("Clause"))
    tag = choice_field(_("Tag"))
    kind = choice_field(_("Kind"))

    def __init__(self, data: Any, entries: Iterable[WheelEntry]) -> None:
        super().__init__(data)
        entries = list(entries)
        people = {
            (name, key)
            for entry in entries
            for name, key in (
                (entry.responsible, entry.responsible_key),
                (entry.delegate, entry.delegate_key),
            )
            if key
        }
        tags = {(name, key) for entry in entries for key, name in entry.tags}
        clauses = sorted({entry.clause for entry in entries if entry.clause}, key=_natural)
        self.offer("state", STATES[1:])
        self.offer("person", [(str(key), name) for name, key in sorted(people)])
        self.offer("clause", [(number, number) for number in clauses])
        self.offer("tag", [(str(key), name) for name, key in sorted(tags)])
        self.offer("kind", Duty.Kind.choices)

    @property
    def filters(self) -> Filters:
        return Filters(
            clause=self.value("clause"),
            person=int(self.value("person")) if self.value("person") else None,
            tag=int(self.value("tag")) if self.value("tag") else None,
            kind=self.value("kind"),
            state=self.value("state"),
        )


def _natural(number: str) -> tuple[str, int]:
    letters = number.rstrip("0123456789")
    digits = number[len(letters) :]
    return letters, int(digits) if digits else 0
