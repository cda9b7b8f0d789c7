"""A committee's rows in the database, and those of them that had been written when a day ended.

Rows, events and plain loops: nothing here asks the program how it counts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.utils import timezone

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Clause, Committee, Holding, Mandate, Seat
from kommissorium.core.evidence.models import Event
from kommissorium.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Confirmation,
    Decision,
    Meeting,
)
from kommissorium.reports.models import BoardReport
from kommissorium.tasks.models import Ending, QuarterTask, Task
from kommissorium.yearwheel.models import Duty, Move, Occurrence

DAY = timedelta(days=1)
TOOK_PLACE = {"held", "in_review", "approved", "confirmed"}


class Told(NamedTuple):
    """An event: the day it was written, its act, the key of its object, the facts."""

    on: date
    act: str
    key: str
    facts: dict[str, Any]


@dataclass
class Met:
    """A meeting that was called or registered afterwards, with the days its facts were written."""

    row: Meeting
    day: date
    held_on: date | None
    minuted_on: date | None
    undone_on: date | None
    present: int | None
    seats: int
    items: list[AgendaItem]

    def stood(self, known: date) -> bool:
        is_undone = self.undone_on is not None and self.undone_on <= known
        return self.held_on is not None and self.held_on <= known and not is_undone

    def was_minuted(self, known: date) -> bool:
        return self.minuted_on is not None and self.minuted_on <= known

    @property
    def is_registered(self) -> bool:
        return self.row.registered_at is not None

    @property
    def was_more_than_one(self) -> bool:
        return self.present is None or self.present > 1


@dataclass
class Place:
    """A seat and its holders: a pseudonym, the first day and the last."""

    key: int
    role: str
    number: str
    first: date
    last: date = date.max
    names: list[tuple[date, str]] = field(default_factory=list)
    held: list[tuple[str, date, date]] = field(default_factory=list)

    def holder(self, day: date) -> str | None:
        if not self.first <= day <= self.last:
            return None
        return next((who for who, first, last in self.held if first <= day <= last), None)

    def name(self, day: date) -> str:
        """Return its name then; before it had a name, the first it got."""
        return ([name for on, name in self.names if on <= day] or [self.names[0][1]])[-1].casefold()


def local(moment: datetime) -> date:
    return timezone.localdate(moment)


def told(acts: Iterable[str]) -> list[Told]:
    rows = Event.objects.filter(act__in=list(acts)).order_by("seq")
    return [Told(local(one.at), one.act, one.object_id, json.loads(one.facts)) for one in rows]


def by(rows: Iterable[Any], name: str) -> dict[Any, list[Any]]:
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


class Rows:
    """All rows that tell of a committee, read once."""

    def __init__(self, committee: Committee) -> None:
        self.committee, self.today = committee, timezone.localdate()
        approved = Mandate.objects.filter(committee=committee).exclude(approved_at=None)
        self.mandates = sorted(approved, key=lambda one: (one.effective_from, one.version))
        self.clauses = by(Clause.objects.order_by("position"), "mandate_id")
        self.seats = list(Seat.objects.filter(committee=committee).order_by("position", "pk"))
        self.holdings = list(Holding.objects.filter(capacity="holder").order_by("from_date"))
        self.roles = list(OrganisationRole.objects.all())
        self.names = {one.pk: str(one.pseudonym) for one in Person.objects.all()}
        reports = BoardReport.objects.filter(of=committee, state="approved")
        self.board_reports = list(reports.select_related("decision").prefetch_related("notes"))
        decisions = Decision.objects.filter(committee=committee).select_related("item__clause")
        self.decisions = list(decisions.order_by("decided_at", "pk"))
        there = set(Attachment.objects.values_list("pk", flat=True))
        self.with_file = {
            (one.facts["item"], one.on)
            for one in told(["meetings.file_attached", "meetings.late_file_attached"])
            if one.facts["attachment"] in there
        }
        self.confirmed = [
            (one.item_id, one.minutes.meeting_id, local(one.at))
            for one in Confirmation.objects.select_related("minutes")
        ]
        self.chosen = [
            (one.born_id, local(one.chosen_at))
            for one in QuarterTask.objects.filter(committee=committee)
            if one.born_kind == "meetings.agendaitem"
        ]
        self.duties = [
            one
            for one in Duty.objects.filter(committee=committee).select_related("clause")
            if one.clause and not one.measure
        ]
        self.occurrences = by(Occurrence.objects.order_by("due", "pk"), "duty_id")
        self.moves = by(Move.objects.order_by("at", "pk"), "occurrence_id")

    def there(self, meeting: int) -> set[str]:
        """Return the pseudonyms of those who were at a meeting."""
        rows = Attendance.objects.filter(meeting=meeting, presence="present")
        return {self.names[one.person_id] for one in rows}

    @cached_property
    def born_tasks(self) -> list[tuple[date, date, list[tuple[date, date]], list[Any]]]:
        """Return when each task of a meeting was given, its first and its later days, and
        when it was ended and opened again."""
        kinds = ["meetings.agendaitem", "meetings.decision", "meetings.meeting"]
        dues, ended = defaultdict(list), by(Ending.objects.order_by("at"), "task_id")
        for one in told(["tasks.task_given", "tasks.task_changed"]):
            dues[int(one.key)].append((one.on, date.fromisoformat(one.facts["due"])))
        return [
            (
                local(row.created_at),
                dues[row.pk][0][1],
                dues[row.pk],
                [(local(e.at), e.undone_at and local(e.undone_at)) for e in ended[row.pk]],
            )
            for row in Task.objects.filter(committee=self.committee, born_kind__in=kinds)
        ]

    @cached_property
    def seat_events(self) -> list[Told]:
        names = ("added", "renamed", "ended", "taken", "left")
        acts = [*(f"committees.seat_{name}" for name in names), "committees.holding_undone"]
        return [one for one in told(acts) if one.key == str(self.committee.pk)]

    @cached_property
    def role_events(self) -> list[Told]:
        return told(["accounts.role_given", "accounts.role_ended"])

    @cached_property
    def calendar_events(self) -> list[Told]:
        names = ("meeting_planned", "meeting_moved", "meeting_cancelled")
        keys = {str(one.pk) for one in Meeting.objects.filter(committee=self.committee)}
        return [one for one in told(f"meetings.{name}" for name in names) if one.key in keys]

    @cached_property
    def withdrawn(self) -> dict[int, date]:
        """Return when items were withdrawn, by the item's key."""
        return {one.facts["item"]: one.on for one in told(["meetings.item_withdrawn"])}

    @cached_property
    def meetings(self) -> list[Met]:
        """Return the meetings that were called or registered, the earliest first."""
        undone = told(["meetings.meeting_cancelled", "meetings.earlier_meeting_withdrawn"])
        over = {one.key: one.on for one in undone}
        agendas = AgendaItem.objects.select_related("clause", "proceedings").order_by("pk")
        items = by(agendas.filter(meeting__committee=self.committee), "meeting_id")
        there = by(Attendance.objects.select_related("seat"), "meeting_id")
        rows = Meeting.objects.filter(committee=self.committee).order_by("starts_at", "pk")
        return [
            _met(row, over.get(str(row.pk)), items[row.pk], there[row.pk])
            for row in rows.select_related("call", "minutes__approval")
            if hasattr(row, "call") or row.registered_at
        ]

    def places_now(self) -> list[Place]:
        """Return the seats as their rows have them today; their names come from the events."""
        found = {one.key: one for one in self.places_told(self.today)}
        for row in self.seats:
            place = found[row.pk]
            place.first, place.last, place.role = row.from_date, row.to_date or date.max, row.role
            place.held = [
                (self.names[one.person_id], one.from_date, one.to_date or date.max)
                for one in self.holdings
                if one.seat_id == row.pk
            ]
        return list(found.values())

    def places_told(self, known: date) -> list[Place]:
        """Return the seats as the events written by the end of a day tell them."""
        found: dict[int, Place] = {}
        numbers = {one.pk: one.number for one in self.seats}
        for one in self.seat_events:
            if one.on <= known:
                _tell(found, one, numbers)
        return [found[key] for key in numbers if key in found]

    def roles_now(self) -> list[tuple[str, str, date, date]]:
        return [
            (self.names[one.person_id], one.kind, one.from_date, one.to_date or date.max)
            for one in self.roles
        ]

    def roles_told(self, known: date) -> list[tuple[str, str, date, date]]:
        found: list[tuple[str, str, date, date]] = []
        for one in self.role_events:
            who, kind, facts = self.names[int(one.key)], one.facts["kind"], one.facts
            if one.on > known:
                continue
            last = date.fromisoformat(facts["to"]) if facts["to"] else date.max
            if one.act == "accounts.role_given":
                found.append((who, kind, date.fromisoformat(facts["from"]), last))
                continue
            own = [row for row in found if row[:2] == (who, kind) and row[2] <= last]
            ended = max(own, key=lambda row: row[2])
            found = [(*row[:3], last) if row == ended else row for row in found]
        return found

    def calendar(self, day: date) -> Iterator[tuple[date, bool]]:
        """Yield the days of the meetings planned when a day ended, and whether each has a place."""
        if day >= self.today:
            for row in Meeting.objects.filter(committee=self.committee, registered_at=None):
                if row.state != "cancelled":
                    yield local(row.starts_at), bool(row.place or row.link)
            return
        newest = {one.key: one for one in self.calendar_events if one.on <= day}
        for one in newest.values():
            if one.act != "meetings.meeting_cancelled":
                starts = local(datetime.fromisoformat(one.facts["starts_at"]))
                yield starts, bool(one.facts["place"] or one.facts["link"])


def _met(row: Meeting, undone: date | None, items: list[Any], there: list[Any]) -> Met:
    voting = [
        one
        for one in there
        if one.seat and one.seat.role != "adviser"
        if one.capacity == "holder" or one.stands_in_since
    ]
    seats = {one.seat_id for one in voting}
    present = {one.seat_id for one in voting if one.presence == "present"}
    if row.registered_at:
        on, number = local(row.registered_at), len(present) or None
        return Met(row, local(row.starts_at), on, on, undone, number, len(seats), items)
    approval = getattr(getattr(row, "minutes", None), "approval", None)
    held = local(row.closed_at or row.starts_at) if row.state in TOOK_PLACE else None
    minuted = local(approval.at) if approval else None
    return Met(row, local(row.starts_at), held, minuted, undone, len(present), len(seats), items)


def _tell(found: dict[int, Place], event: Told, numbers: dict[int, str]) -> None:
    """Change the seats as the event tells."""
    facts, act = event.facts, event.act.partition(".")[2]
    key, first, last = (facts.get(name) for name in ("seat", "from", "to"))
    if act == "seat_added":
        began = date.fromisoformat(first)
        name = (event.on, facts["function"])
        found[key] = Place(key, facts["role"], numbers.get(key, ""), began, names=[name])
        return
    place, who = found[key], facts.get("person", "")
    if act == "seat_renamed":
        place.names.append((event.on, facts["function"]))
    elif act == "seat_ended":
        place.last = date.fromisoformat(last)
        place.held = _until(place.held, place.last)
    elif facts["capacity"] == "holder" and act == "seat_taken":
        began = date.fromisoformat(first)
        place.held = [*_until(place.held, began - DAY), (who, began, place.last)]
    elif facts["capacity"] == "holder" and act == "seat_left":
        ended = date.fromisoformat(last)
        begun = max(one[1] for one in place.held if one[0] == who and one[1] <= ended)
        place.held = [(*one[:2], ended) if one[:2] == (who, begun) else one for one in place.held]
    elif facts["capacity"] == "holder":
        place.held = [one for one in place.held if one[:2] != (who, date.fromisoformat(first))]


def _until(held: list[tuple[str, date, date]], last: date) -> list[tuple[str, date, date]]:
    return [(who, begun, min(ended, last)) for who, begun, ended in held]
