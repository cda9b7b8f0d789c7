"""Holders of seats and roles: told from the chain, as it was known on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kommissorium.measures.findings import Noted
from kommissorium.measures.past import PastEvent

Spell = tuple[date, date]  # first and last day

SEAT_ADDED, SEAT_RENAMED = "committees.seat_added", "committees.seat_renamed"
SEAT_ENDED, SEAT_TAKEN = "committees.seat_ended", "committees.seat_taken"
SEAT_LEFT, HOLDING_UNDONE = "committees.seat_left", "committees.holding_undone"
SEAT_ACTS = (SEAT_ADDED, SEAT_RENAMED, SEAT_ENDED, SEAT_TAKEN, SEAT_LEFT, HOLDING_UNDONE)
ROLE_GIVEN, ROLE_ENDED = "accounts.role_given", "accounts.role_ended"
ROLE_ACTS = (ROLE_GIVEN, ROLE_ENDED)
HOLDER = "holder"
AT = "at"  # of an end at once: the moment
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """A person's term as something from one day to another, both included.

    `person` is a pseudonym. `noted` is how the chain knows that it began, `because` why it was
    said to begin earlier than it was written down.
    """

    person: str
    from_date: date
    to_date: date | None
    noted: Noted | None = None
    because: str = ""

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day and (self.to_date is None or self.to_date >= day)

    def overlap(self, other: Term) -> Spell | None:
        """Return the days on which both hold."""
        first = max(self.from_date, other.from_date)
        last = min(self.to_date or date.max, other.to_date or date.max)
        return (first, last) if first <= last else None

    def until(self, day: date) -> Term:
        return replace(self, to_date=day)


@dataclass(frozen=True)
class SeatTerm:
    """A seat with its holders; `own` is when the seat itself existed."""

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


def known_until(events: Iterable[PastEvent], day: date) -> list[PastEvent]:
    """Return the events that had been written when the day ended."""
    return [event for event in events if event.noted.on <= day]


def seats_told_by(events: Iterable[PastEvent], numbers: Mapping[int, str]) -> list[SeatTerm]:
    """Return the seats that the events tell of, in the order of `numbers`, their keys."""
    seats: dict[int, SeatTerm] = {}
    for event in events:
        key = int(event.facts.get("seat", 0))
        if event.act == SEAT_ADDED:
            own = Term("", _day(event, "from"), None, event.noted)
            name = (event.noted.on, event.facts["function"])
            role = event.facts["role"]
            seats[key] = SeatTerm(key, numbers.get(key, ""), role, (name,), own, ())
        elif key in seats:
            seats[key] = _changed(seats[key], event)
    return [seats[key] for key in numbers if key in seats]


def _changed(seat: SeatTerm, event: PastEvent) -> SeatTerm:
    facts = event.facts
    if event.act == SEAT_RENAMED:
        name = (event.noted.on, facts["function"])
        return replace(seat, functions=(*seat.functions, name))
    if event.act == SEAT_ENDED:
        last = _day(event, "to")
        held_until = last - A_DAY if AT in facts else last
        held = tuple(_cut(term, held_until) for term in seat.holders)
        return replace(seat, own=seat.own.until(last), holders=held)
    if facts["capacity"] != HOLDER:
        return seat
    if event.act == SEAT_TAKEN:
        return replace(seat, holders=_taken(seat, event))
    if event.act == SEAT_LEFT:
        return replace(seat, holders=_left(seat.holders, event))
    begun = (facts["person"], _day(event, "from"))
    rest = [term for term in seat.holders if (term.person, term.from_date) != begun]
    return replace(seat, holders=tuple(rest))


def _taken(seat: SeatTerm, event: PastEvent) -> tuple[Term, ...]:
    """Return the holders after somebody took the seat: its former holder leaves the day before."""
    first = _day(event, "from")
    before = [_cut(term, first - A_DAY) for term in seat.holders]
    because = event.facts.get("because", "")
    new = Term(event.facts["person"], first, seat.own.to_date, event.noted, because)
    return (*before, new)


def _left(terms: Sequence[Term], event: PastEvent) -> tuple[Term, ...]:
    """Return the terms after the last one of the event's person ended."""
    return tuple(_ended(terms, event.facts["person"], event))


def _ended(terms: Sequence[Term], person: str, event: PastEvent) -> list[Term]:
    last = _day(event, "to")
    # What ends at once may have begun the same day, and has no whole day then.
    begun_by = last + A_DAY if AT in event.facts else last
    own = [one for one in terms if one.person == person and one.from_date <= begun_by]
    ended = max(own, key=lambda one: one.from_date, default=None)
    return [one.until(last) if one is ended else one for one in terms]


def _cut(term: Term, last: date) -> Term:
    lasts_longer = term.to_date is None or term.to_date > last
    return term.until(last) if lasts_longer else term


def roles_told_by(events: Iterable[PastEvent], people: Mapping[int, str]) -> dict[str, list[Term]]:
    """Return the roles that the events tell of, by kind; `people` are pseudonyms by key."""
    roles: dict[str, list[Term]] = {}
    for event in events:
        kind, person = event.facts["kind"], people.get(event.key, "")
        own = roles.setdefault(kind, [])
        if event.act == ROLE_GIVEN:
            last = _day(event, "to") if event.facts["to"] else None
            because = event.facts.get("because", "")
            own.append(Term(person, _day(event, "from"), last, event.noted, because))
        else:
            roles[kind] = _ended(own, person, event)
    return roles


def _day(event: PastEvent, name: str) -> date:
    return date.fromisoformat(event.facts[name])
