"""The committee's past as dated facts: all that the checks look at.

Nothing here is a flag that was overwritten, and nothing is known before it was done: a meeting
counts as held from the day it was closed, a decision from the day it was written, the calendar
is replayed from the chain. Seats, roles and mandates hold from date to date; who corrects such
a date corrects the past it tells of, and the chain keeps when that was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.models import Clause, Committee, Mandate
from kommissorium.compliance.clause_identity import Saying, saying
from kommissorium.registers.findings import Finding, Noted
from kommissorium.registers.register import Register

type Spell = tuple[date, date]  # first and last day


@dataclass(frozen=True, slots=True)
class CalledItem:
    """An item of a called agenda that the mandate demands. Nothing of its text is here."""

    says: Saying
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class CalledMeeting:
    """A meeting that was called. `closed_on` is when it was noted as held, on its `day`."""

    key: int
    label: str
    day: date
    called_at: datetime
    cancelled_on: date | None
    closed_on: date | None
    record: int
    content_hash: str
    link: str
    items: tuple[CalledItem, ...]

    def was_called_by(self, day: date) -> bool:
        """Return whether it stood as called when the day ended."""
        is_called = timezone.localdate(self.called_at) <= day
        return is_called and (self.cancelled_on is None or self.cancelled_on > day)

    def was_held_by(self, day: date) -> bool:
        """Return whether it was known as held when the day ended."""
        return self.closed_on is not None and self.closed_on <= day


@dataclass(frozen=True, slots=True)
class MadeDecision:
    """A decision. Its title is not here: it may be closed.

    The committee's are `written_on` the day its minutes were approved; nobody knows them before.
    `told_at` are the meetings that were told of the chair's.
    """

    key: int
    number: str
    at: datetime
    on: date
    written_on: date
    outcome: str
    measure: str
    is_weighed: bool
    is_chairs: bool
    is_closed: bool
    told_at: frozenset[int]
    record: int
    content_hash: str

    @property
    def link(self) -> str:
        return reverse("decision", args=[self.key])


@dataclass(frozen=True, slots=True)
class CalendarFact:
    """What the chain says of a meeting's time and place, from when it was written."""

    meeting: int
    starts_on: date | None  # None: cancelled
    has_place: bool
    noted: Noted


@dataclass(frozen=True, slots=True)
class Term:
    """That somebody was something from one day to another, both included."""

    person: int
    from_date: date
    to_date: date | None
    noted: Noted | None = None

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day and (self.to_date is None or self.to_date >= day)

    def overlap(self, other: Term) -> Spell | None:
        """Return the days on which both hold."""
        first = max(self.from_date, other.from_date)
        last = min(self.to_date or date.max, other.to_date or date.max)
        return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class SeatTerm:
    """A seat with those who held it; `own` is when the seat itself existed."""

    key: int
    number: str
    role: str
    functions: tuple[tuple[date, str], ...]  # what it was called, from which day on
    own: Term
    holders: tuple[Term, ...]

    def function_on(self, day: date) -> str:
        """Return the function named for the seat then; the first one before there was any."""
        known = [name for since, name in self.functions if since <= day]
        return known[-1] if known else self.functions[0][1]

    def holding_on(self, day: date) -> Term | None:
        if not self.own.holds_on(day):
            return None
        return next((term for term in self.holders if term.holds_on(day)), None)


@dataclass(frozen=True)
class History:
    """The past of one committee."""

    committee: Committee
    mandates: Sequence[Mandate]  # the approved ones, the oldest first
    clauses: dict[int, list[Clause]]
    seats: Sequence[SeatTerm]
    executives: Sequence[Term]
    coordinators: Sequence[Term]
    meetings: Sequence[CalledMeeting]  # the one called last first
    decisions: Sequence[MadeDecision]  # the newest first
    calendar: Sequence[CalendarFact]  # in the order it was written
    registers: Mapping[Register, Any]  # the past of each, as its own checks look at it

    def found_by_register(self, clause: Clause, on: date) -> Finding | None:
        """Return what the register that measures the clause finds; None where none does."""
        for register, past in self.registers.items():
            if check := register.checks.get(clause.measure):
                return check(clause, past, on)
        return None

    def aspect(self, code: str, clause: Clause, on: date) -> Finding | None:
        """Return what the register that has the aspect says of it; None where none has."""
        for register, past in self.registers.items():
            if check := register.aspects.get(code):
                return check(clause, past, on)
        return None

    def mandate_on(self, day: date) -> Mandate | None:
        """Return the mandate in force: the newest approved one that had begun."""
        begun = [m for m in self.mandates if m.effective_from and m.effective_from <= day]
        return begun[-1] if begun else None

    def clauses_on(self, day: date) -> list[Clause]:
        mandate = self.mandate_on(day)
        return self.clauses[mandate.pk] if mandate else []

    def clause_since(self, clause: Clause, day: date) -> date:
        """Return since when, without a break, the mandates in force said what the clause says."""
        since = day
        for mandate in reversed(self.mandates):
            if not mandate.effective_from or mandate.effective_from > day:
                continue
            if all(saying(one) != saying(clause) for one in self.clauses[mandate.pk]):
                break
            since = mandate.effective_from
        return since

    def called_until(self, day: date) -> list[CalledMeeting]:
        """Return the meetings that stood as called when the day ended, the last call first."""
        return [meeting for meeting in self.meetings if meeting.was_called_by(day)]

    def held_between(self, first: date, last: date) -> list[CalledMeeting]:
        """Return the meetings from the first day on that were known as held on the last."""
        return [m for m in self.meetings if m.day >= first and m.was_held_by(last)]

    def decided_between(self, first: date, last: date) -> list[MadeDecision]:
        """Return what was decided from the first day on and known on the last."""
        return [one for one in self.decisions if first <= one.on and one.written_on <= last]

    def has_executive_on(self, day: date) -> bool:
        """Return whether a member of the executive board held a seat on the day."""
        return any(first <= day <= last for first, last in self.executive_spells)

    def executive_seats_on(self, day: date) -> list[tuple[SeatTerm, Term]]:
        """Return the seats that members of the executive board held, with their terms there."""
        board = {term.person: term for term in self.executives if term.holds_on(day)}
        held = [(seat, seat.holding_on(day)) for seat in self.seats]
        return [(seat, board[term.person]) for seat, term in held if term and term.person in board]

    @cached_property
    def executive_spells(self) -> list[Spell]:
        """Return when a member of the executive board held a seat; spells may overlap."""
        spells = []
        for seat in self.seats:
            for held in seat.holders:
                for role in self.executives:
                    both = held.overlap(role) if held.person == role.person else None
                    own = seat.own.overlap(Term(0, *both)) if both else None
                    spells += [own] if own else []
        return spells

    def changes_between(self, first: date, last: date) -> list[date]:
        """Return the days from first to last on which demands could change, the first too."""
        days = {m.effective_from for m in self.mandates if m.effective_from}
        for begins, ends in self.executive_spells:
            days.add(begins)
            if ends < last:
                days.add(ends + timedelta(days=1))
        return [first, *sorted(day for day in days if first < day <= last)]

    def calendar_on(self, day: date) -> dict[int, CalendarFact]:
        """Return what was known of the meetings when the day ended, by meeting."""
        known: dict[int, CalendarFact] = {}
        for fact in self.calendar:
            if fact.noted.on > day:
                break
            known[fact.meeting] = fact
        return {key: fact for key, fact in known.items() if fact.starts_on}

    def next_meeting(self, day: date) -> int | None:
        """Return the key of the first meeting planned on the day or after, if there was one."""
        known = self.calendar_on(day).items()
        coming = [(fact.starts_on, key) for key, fact in known if fact.starts_on]
        return min(((on, key) for on, key in coming if on >= day), default=(day, None))[1]
