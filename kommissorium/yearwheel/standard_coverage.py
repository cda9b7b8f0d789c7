"""Coverage of a standard by a committee's duties in a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.yearwheel.models import Duty
from kommissorium.yearwheel.standards import Chapter, Requirement, Standard
from kommissorium.yearwheel.standards.iso27001 import INPUTS, ISO_27001
from kommissorium.yearwheel.wheel import Wheel
from kommissorium.yearwheel.wheel_entries import DONE_STATES, EntryState, WheelEntry

type State = Literal[
    "overdue", "critical", "faults", "skipped", "done", "waiting", "idle", "items", "gap"
]
TONES: Mapping[State, str] = {
    "overdue": "error",
    "critical": "error",
    "faults": "warning",
    "skipped": "warning",
    "done": "success",
    "waiting": "info",
    "idle": "warning",
    "items": "info",
    "gap": "warning",
}


@dataclass(frozen=True)
class Covered:
    """A requirement, the duties that carry it and what came of them in the year.

    `items` are the items of meetings that covered it, where the standard asks for that.
    """

    requirement: Requirement
    duties: Sequence[Duty] = ()
    entries: Sequence[WheelEntry] = ()
    items: Sequence[AgendaItem] = ()

    @property
    def done(self) -> int:
        return self._number(*DONE_STATES)

    @property
    def with_fault(self) -> int:
        return self._number("done_with_fault")

    @property
    def overdue(self) -> int:
        return self._number("overdue")

    @property
    def skipped(self) -> int:
        return self._number("skipped")

    @property
    def open(self) -> int:
        """Return how many are to come in the year, those that are only reckoned too."""
        return self._number("open", "soon", "minutes", "projected")

    def _number(self, *states: EntryState) -> int:
        return sum(entry.state in states for entry in self.entries)

    @property
    def state(self) -> State:
        """Return the worst that is known of it. A duty that is done does not say that it is met."""
        found: tuple[tuple[State, object], ...] = (
            ("overdue", self.overdue),
            ("critical", any(entry.is_critical for entry in self.entries)),
            ("faults", self.with_fault),
            ("skipped", self.skipped),
            ("done", self.done),
            ("waiting", self.open),
            ("idle", self.duties),
            ("items", self.items),
        )
        return next((state for state, holds in found if holds), "gap")

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_gap(self) -> bool:
        return self.state == "gap"

    @property
    def state_label(self) -> str:
        """Return how the requirement stands, in words."""
        return {
            "overdue": _("Duty overdue"),
            "critical": _("Duty done, critical faults"),
            "faults": _("Duty done, with faults"),
            "skipped": _("Duty skipped"),
            "done": _("Duty done so far") if self.open else _("Duty done"),
            "waiting": _("Duty planned"),
            "idle": _("Duty, but not this year"),
            "items": _("No duty, on the agenda"),
            "gap": _("No duty"),
        }[self.state]


@dataclass(frozen=True)
class Coverage:
    """A standard's requirements by chapter, as the committee covered them in a year."""

    standard: Standard
    year: int
    chapters: Sequence[tuple[Chapter, Sequence[Covered]]] = field(default=())

    @property
    def rows(self) -> list[Covered]:
        return [row for _chapter, rows in self.chapters for row in rows]

    @property
    def has_duties(self) -> bool:
        return any(row.duties for row in self.rows)

    @property
    def sentence(self) -> str:
        """Return the whole of it in words."""
        rows = self.rows
        number = Counter(row.state for row in rows)
        carried = sum(bool(row.duties) for row in rows)
        faults = number["faults"] + number["critical"]
        values = {
            "carried": carried,
            "all": len(rows),
            "year": self.year,
            "done": number["done"],
            "faults": faults,
            "late": number["overdue"],
        }
        parts = [
            _("%(carried)d of %(all)d requirements have a duty."),
            _("Of these %(done)d are done without faults in %(year)d so far,"),
            _("%(faults)d with faults, and %(late)d are overdue."),
        ]
        return " ".join(part % values for part in parts)


def coverage_of(
    committee: Committee, standard: Standard, year: int, person: Person, on: date | None = None
) -> Coverage:
    """Return how the committee's duties cover the standard in the year.

    For who follows the committee. Seven queries at most, however many duties there are.
    """
    wheel = Wheel(committee, on=on)
    entries = wheel.entries(date(year, 1, 1), date(year, 12, 31))
    carried = _carried(wheel.duties, entries, year)
    of_duty: dict[int, list[WheelEntry]] = {}
    for entry in entries:
        of_duty.setdefault(entry.duty, []).append(entry)
    items = items_of_review(committee, year, person) if standard == ISO_27001 else {}
    chapters = [
        (
            chapter,
            [
                _covered(one, carried.get(standard.tag_name(one.number), ()), of_duty, items)
                for one in chapter.requirements
            ],
        )
        for chapter in standard.chapters
    ]
    return Coverage(standard, year, chapters)


def items_of_review(committee: Committee, year: int, person: Person) -> dict[str, list[AgendaItem]]:
    """Return the items that the year's meetings took up and that cover each input of 9.3.2.

    Those `person` may read, by number; what was withdrawn or not discussed is left out.
    """
    measures = {given.measure.value for given in INPUTS}
    kept = (
        AgendaItem.objects.visible_to(person)
        .standing()
        .filter(meeting__committee=committee, meeting__year=year, clause__measure__in=measures)
        .filter(meeting__state__in=Meeting.TOOK_PLACE)
        .exclude(proceedings__not_discussed=True)
    )
    found: dict[str, list[AgendaItem]] = {}
    rows = kept.select_related("meeting", "clause").order_by("meeting__number", "position")
    for item in rows:
        for given in INPUTS:
            if item.measure == given.measure:
                found.setdefault(given.number, []).append(item)
    return found


def _carried(
    duties: Sequence[Any], entries: Iterable[WheelEntry], year: int
) -> dict[str, list[Duty]]:
    """Return the duties of the year by the names of their tags."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    due = {entry.duty for entry in entries}
    found: dict[str, list[Duty]] = {}
    for duty in duties:
        lasts = duty.begins <= last and (duty.ended_on is None or duty.ended_on > first)
        if lasts or duty.pk in due:
            for tag in duty.tags.all():
                found.setdefault(tag.name, []).append(duty)
    return found


def _covered(
    requirement: Requirement,
    duties: Sequence[Duty],
    of_duty: Mapping[int, Sequence[WheelEntry]],
    items: Mapping[str, Sequence[AgendaItem]],
) -> Covered:
    return Covered(
        requirement,
        duties,
        [entry for duty in duties for entry in of_duty.get(duty.pk, ())],
        items.get(requirement.number, ()),
    )
