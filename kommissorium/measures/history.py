"""A committee's past as dated facts: everything the rules look at.

Nothing here is a flag that was overwritten. A fact has the day it tells of and the day it was
written down; a `History` knows what had been written when the day `known` ended, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from kommissorium.measures.beginnings import Beginning, beginnings_on
from kommissorium.measures.clauses import Clause, Mandate, Saying, saying
from kommissorium.measures.codes import Measure
from kommissorium.measures.findings import (
    Answered,
    ChairsDecision,
    Finding,
    Question,
    no_occasion,
)
from kommissorium.measures.meetings import CalendarFact, Kept, MadeDecision, PastMeeting
from kommissorium.measures.past import PastEvent, RegisterRules
from kommissorium.measures.said import _
from kommissorium.measures.scopes import ASK_WHO, Registers
from kommissorium.measures.tasks import BornTask, Tied, WheelFact
from kommissorium.measures.terms import (
    SeatTerm,
    Spell,
    Term,
    known_until,
    roles_told_by,
    seats_told_by,
)

if TYPE_CHECKING:
    from typing import Self  # Python 3.11

EXECUTIVE: Final = "executive"
Began = tuple[str, str, date]  # a seat or role, a person's pseudonym, and the first day


@dataclass(frozen=True)
class RegisterPast:
    """A register's past, and the rules that look at it.

    `decided_since` is the first day on which the committee decided something in it; `make_own` puts
    together the past of that alone.
    """

    rules: RegisterRules
    past: Any
    decided_since: date | None = None
    make_own: Callable[[], Any] = dict

    @cached_property
    def own(self) -> Any:
        return self.make_own()

    def is_decided_in(self, asked: Question) -> bool:
        """Return whether the committee had decided something in it by the day, as far as is known."""
        since = self.decided_since
        return since is not None and since <= min(asked.on, asked.known)


@dataclass(frozen=True)
class History:
    """The past of one committee, as it was known when the day `known` ended."""

    committee: int  # its key
    known: date
    all_mandates: Sequence[Mandate]  # the approved ones, the oldest first
    clauses: Mapping[int, Sequence[Clause]]
    sayings: Mapping[int, frozenset[Saying]]  # what the clauses say, by the mandate's key
    seat_numbers: Mapping[int, str]  # by key, in the mandate's order
    seat_events: Sequence[PastEvent]
    role_events: Sequence[PastEvent]
    beginnings: Sequence[PastEvent]  # what was said of registers that are not in use
    people: Mapping[int, str]  # the pseudonyms of those with a role
    anchors: Mapping[Began, str]  # where each holding and role stands on the page of the seats
    meetings: Sequence[PastMeeting]  # the latest first
    decisions: Sequence[MadeDecision]  # the newest first
    calendar: Sequence[CalendarFact]  # in the order it was written
    registers: Sequence[RegisterPast]
    scopes: Mapping[int, Registers]  # the registers that each mandate covers, by its key
    # Duties tied to clauses of own wording: which clauses, since when, and each time one is due.
    tied: Sequence[Tied]
    wheel: Sequence[WheelFact]
    tasks: Sequence[BornTask]  # born at its meetings and of its decisions
    records: Mapping[
        str, Sequence[Kept]
    ]  # the frozen ones by what they are about, the oldest first

    def as_known(self, day: date) -> Self:
        """Return the same past, as it was known when the day ended."""
        return self if day == self.known else replace(self, known=day)

    def found_by_register(self, clause: Clause, asked: Question) -> Finding | None:
        """Return the finding of the register that measures the clause; None where none does."""
        return self.aspect(clause.measure, clause, asked)

    def aspect(self, code: str, clause: Clause, asked: Question) -> Finding | None:
        """Return the finding of the register that has the aspect; None where none has."""
        for register in self.registers:
            if check := register.rules.checks.get(code):
                if code in ASK_WHO or self.covers(register.rules.code, asked.on):
                    return check(clause, register.past, asked)
                if register.is_decided_in(asked):
                    return check(clause, register.own, asked)
                return _another_s(register)
        return None

    def not_in_use(self, on: date) -> dict[str, Beginning]:
        """Return the registers that were not in use on the day, by what had been written then."""
        return beginnings_on(self.beginnings, min(on, self.known))

    def covers(self, register: str, day: date) -> bool:
        """Return whether the mandate in force covers a register."""
        mandate = self.mandate_on(day)
        scope = self.scopes.get(mandate.key) if mandate else None
        return scope is None or register in scope

    @cached_property
    def mandates(self) -> list[Mandate]:
        """Return the mandates that had been approved, by the day they took effect."""
        return [one for one in self.all_mandates if one.approved_on <= self.known]

    @cached_property
    def measured_from(self) -> date | None:
        """Return the day the program was taken into use for the committee.

        It is the day on which its first mandate was approved here, which the chain keeps.
        """
        return min((one.approved_on for one in self.mandates), default=None)

    @cached_property
    def seats(self) -> list[SeatTerm]:
        return seats_told_by(known_until(self.seat_events, self.known), self.seat_numbers)

    @cached_property
    def roles(self) -> dict[str, list[Term]]:
        return roles_told_by(known_until(self.role_events, self.known), self.people)

    def with_role(self, kind: str, on: date) -> dict[str, Term]:
        """Return those who had the role on the day, by pseudonym."""
        terms = self.roles.get(kind, ())
        return {term.person: term for term in terms if term.holds_on(on)}

    def mandate_on(self, day: date) -> Mandate | None:
        """Return the mandate in force: the newest approved one that had begun."""
        begun = [m for m in self.mandates if m.effective_from and m.effective_from <= day]
        return begun[-1] if begun else None

    def clauses_on(self, day: date) -> Sequence[Clause]:
        mandate = self.mandate_on(day)
        return self.clauses[mandate.key] if mandate else ()

    def clause_since(self, clause: Clause, day: date) -> date:
        """Return the day since which the mandates in force, without a break, have said the same."""
        since, said = day, saying(clause)
        for mandate in reversed(self.mandates):
            if not mandate.effective_from or mandate.effective_from > day:
                continue
            if said not in self.sayings[mandate.key]:
                break
            since = mandate.effective_from
        return since

    def measured_since(self, clause: Clause, day: date) -> date:
        """Return when measuring the clause began: it was in force, and the program in use."""
        return max(self.clause_since(clause, day), self.measured_from or day)

    def held_between(self, first: date, last: date) -> list[PastMeeting]:
        """Return the meetings of those days that are known as held."""
        return [m for m in self.meetings if first <= m.day <= last and m.was_held_by(self.known)]

    def minuted_between(self, first: date, last: date) -> list[PastMeeting]:
        """Return the meetings of those days that were attended and whose minutes are approved.

        Since the program is in use those do not count that were only registered afterwards.
        """
        earlier = self.earlier_between(first, last)
        held = (m for m in self.held_between(first, last) if m not in earlier)
        return [m for m in held if m.was_minuted_by(self.known) and m.was_attended]

    def earlier_between(self, first: date, last: date) -> list[PastMeeting]:
        """Return the meetings registered afterwards that do not count on the last of these days."""
        if self.measured_from is None or last < self.measured_from:
            return []
        return [m for m in self.held_between(first, last) if m.registered_on]

    def decided_between(self, first: date, last: date) -> list[MadeDecision]:
        """Return the decisions made on those days, as far as they had been written."""
        written = [one for one in self.decisions if one.was_written_by(self.known)]
        return [one for one in written if first <= one.on <= last]

    @cached_property
    def chairs(self) -> dict[str, ChairsDecision]:
        """Return what the chair decided between meetings, by number: with what came of it in
        minutes of meetings that were attended."""
        minuted = {one.key: one for one in self.meetings if one.minuted_on and one.was_attended}
        found = {}
        for one in self.decisions:
            if one.is_chairs:
                said = [(minuted[key], outcome) for key, outcome in one.answers if key in minuted]
                answers = [Answered(m.day, m.minuted_on or m.day, outcome) for m, outcome in said]
                answers.sort(key=lambda answer: answer.on)
                found[one.number] = ChairsDecision(one.key, tuple(answers))
        return found

    def chair_may(self, day: date) -> bool:
        """Return whether the mandate lets the chair approve procedures, policies and plans."""
        return any(one.measure == Measure.CHAIR_MANDATE for one in self.clauses_on(day))

    def has_executive_on(self, day: date) -> bool:
        """Return whether a member of the executive board held a seat on the day."""
        return any(first <= day <= last for first, last in self.executive_spells)

    def executive_seats_on(self, day: date) -> list[tuple[SeatTerm, Term]]:
        """Return the seats that members of the executive board held, with their terms there."""
        board = self.with_role(EXECUTIVE, day)
        held = [(seat, seat.holding_on(day)) for seat in self.seats]
        return [(seat, board[term.person]) for seat, term in held if term and term.person in board]

    @cached_property
    def executive_spells(self) -> list[Spell]:
        """Return the spells in which executives of the board held a seat; they may overlap."""
        spells = []
        for seat in self.seats:
            for held in seat.holders:
                for role in self.roles.get(EXECUTIVE, ()):
                    both = held.overlap(role) if held.person == role.person else None
                    own = seat.own.overlap(Term("", *both)) if both else None
                    spells += [own] if own else []
        return spells

    def changes_between(self, first: date, last: date) -> list[date]:
        """Return the days from first to last on which demands could change, the first too."""
        days = {m.effective_from for m in self.mandates if m.effective_from}
        if self.measured_from:
            days.add(self.measured_from)
        for begins, ends in self.executive_spells:
            days.add(begins)
            if ends < last:
                days.add(ends + timedelta(days=1))
        return [first, *sorted(day for day in days if first < day <= last)]

    def calendar_on(self, day: date) -> dict[int, CalendarFact]:
        """Return the calendar's facts of the meetings when the day ended, by meeting."""
        known: dict[int, CalendarFact] = {}
        for fact in self.calendar:
            if fact.noted.on > min(day, self.known):
                break
            known[fact.meeting] = fact
        return {key: fact for key, fact in known.items() if fact.starts_on}

    def next_meeting(self, day: date) -> int | None:
        """Return the key of the first meeting planned on the day or after, if there was one."""
        coming = self._coming(day)
        return coming[0][1] if coming else None

    def next_meeting_day(self, day: date) -> date | None:
        """Return the day of the first meeting planned on the day or after, if there was one."""
        coming = self._coming(day)
        return coming[0][0] if coming else None

    def _coming(self, day: date) -> list[tuple[date, int]]:
        known = self.calendar_on(day).items()
        return sorted((on, key) for key, one in known if (on := one.starts_on) and on >= day)


def _another_s(register: RegisterPast) -> Finding:
    """Return that there was no occasion: what the register tells is another committee's work."""
    text = _(
        "“%(register)s” is not among what this mandate covers, and the committee has decided and"
        " held nothing there."
    )
    return no_occasion(text % {"register": register.rules.label})
