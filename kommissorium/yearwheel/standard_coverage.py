"""How far a committee's duties cover a standard in a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.yearwheel.models import Duty
from kommissorium.yearwheel.standards import Chapter, Requirement, Standard
from kommissorium.yearwheel.standards.iso27001 import ISO_27001
from kommissorium.yearwheel.standards.management_review import INPUTS
from kommissorium.yearwheel.wheel_entries import DONE_STATES, EntryState, Wheel, WheelEntry

type State = Literal["done", "overdue", "waiting", "skipped", "idle", "met", "gap"]
TONES: Mapping[State, str] = {
    "done": "success",
    "met": "success",
    "overdue": "error",
    "waiting": "info",
    "skipped": "warning",
    "idle": "warning",
    "gap": "warning",
}


@dataclass(frozen=True)
class Covered:
    """A requirement, the duties that carry it and what came of them in the year.

    `items` are the items of called meetings that covered it, where the standard asks for that.
    """

    requirement: Requirement
    duties: Sequence[Duty] = ()
    states: Sequence[EntryState] = ()
    items: Sequence[AgendaItem] = ()

    @property
    def done(self) -> int:
        return sum(state in DONE_STATES for state in self.states)

    @property
    def with_fault(self) -> int:
        return self.states.count("done_with_fault")

    @property
    def overdue(self) -> int:
        return self.states.count("overdue")

    @property
    def open(self) -> int:
        """Return how many are to come in the year, those that are only reckoned too."""
        return sum(state in ("open", "soon", "projected") for state in self.states)

    @property
    def state(self) -> State:
        if self.overdue:
            return "overdue"
        if self.done:
            return "done"
        if self.items:
            return "met"
        if self.open:
            return "waiting"
        if self.states:
            return "skipped"
        return "idle" if self.duties else "gap"

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
            "done": _("Done"),
            "overdue": _("Overdue"),
            "waiting": pgettext("requirement", "Planned"),
            "skipped": _("Skipped"),
            "idle": _("Nothing this year"),
            "met": _("On the agenda"),
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
        carried = sum(bool(row.duties) for row in rows)
        done = sum(row.state in ("done", "met") for row in rows)
        late, gaps = sum(row.overdue > 0 for row in rows), sum(row.is_gap for row in rows)
        parts = [
            _("%(carried)d of %(all)d requirements have a duty.")
            % {"carried": carried, "all": len(rows)},
            ngettext(
                "%(number)d is met in %(year)d so far,",
                "%(number)d are met in %(year)d so far,",
                done,
            )
            % {"number": done, "year": self.year},
            ngettext("%(number)d is overdue,", "%(number)d are overdue,", late) % {"number": late},
            ngettext("and %(number)d is a gap.", "and %(number)d are gaps.", gaps)
            % {"number": gaps},
        ]
        return " ".join(parts)


def coverage_of(
    committee: Committee, standard: Standard, year: int, person: Person, on: date | None = None
) -> Coverage:
    """Return how the committee's duties cover the standard in the year.

    For who follows the committee. Seven queries at most, however many duties there are.
    """
    wheel = Wheel(committee, on)
    entries = wheel.entries(date(year, 1, 1), date(year, 12, 31))
    carried = _carried(wheel.duties, entries, year)
    states: dict[int, list[EntryState]] = {}
    for entry in entries:
        states.setdefault(entry.duty, []).append(entry.state)
    items = items_of_review(committee, year, person) if standard == ISO_27001 else {}
    chapters = [
        (
            chapter,
            [
                _covered(one, carried.get(standard.tag_name(one.number), ()), states, items)
                for one in chapter.requirements
            ],
        )
        for chapter in standard.chapters
    ]
    return Coverage(standard, year, chapters)


def items_of_review(committee: Committee, year: int, person: Person) -> dict[str, list[AgendaItem]]:
    """Return the items of the year's called meetings that cover each input of 9.3.2.

    Those `person` may read, by number; withdrawn ones and cancelled meetings left out.
    """
    measures = {given.measure.value for given in INPUTS}
    called = (
        AgendaItem.objects.visible_to(person)
        .standing()
        .filter(meeting__committee=committee, meeting__year=year, clause__measure__in=measures)
    )
    kept = called.filter(meeting__registered_at=None)
    kept = kept.exclude(meeting__state=Meeting.State.CANCELLED)
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
    states: Mapping[int, Sequence[EntryState]],
    items: Mapping[str, Sequence[AgendaItem]],
) -> Covered:
    return Covered(
        requirement,
        duties,
        [state for duty in duties for state in states.get(duty.pk, ())],
        items.get(requirement.number, ()),
    )
