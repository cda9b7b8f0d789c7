"""Entries of the wheel: how they stand, in which colours, and what they are narrowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from kommissorium.accounts.models import LAST_LETTERS, Person
from kommissorium.yearwheel.models import Duty, Occurrence
from kommissorium.yearwheel.standards import is_requirement

type EntryState = Literal[
    "open", "soon", "overdue", "minutes", "done", "done_with_fault", "skipped", "projected"
]
OPEN_STATES: frozenset[EntryState] = frozenset({"open", "soon", "overdue", "minutes"})
DONE_STATES: frozenset[EntryState] = frozenset({"done", "done_with_fault"})


@dataclass(frozen=True)
class WheelEntry:
    """One thing on the wheel. What is reckoned has no `occurrence`; `url` is then the duty's.

    `responsible` is who answers for it: today for what is open, then for what has ended, on the
    day for what is reckoned; "" for nobody. `register_title` is the duty's title where a
    register put it here. A bundle (bundles.py) stands for `number` things, the last due `until`.
    """

    key: str
    duty: int
    occurrence: int | None
    title: str
    clause: str
    due: date
    nominal: date
    state: EntryState
    responsible: str
    responsible_key: int | None
    delegate: str
    delegate_key: int | None
    tags: tuple[tuple[int, str], ...]
    url: str
    is_plan: bool
    meeting: int | None
    by_decision: bool = False
    was_moved: bool = False
    is_critical: bool = False
    register_title: str = ""
    number: int = 1
    until: date | None = None
    calendar_host: str | None = None  # after the @ of its name in calendars

    @property
    def is_bundle(self) -> bool:
        return self.until is not None

    @property
    def last(self) -> date:
        """Return the day the last of it is due."""
        return self.until or self.due

    @property
    def is_open(self) -> bool:
        """Return whether it is a row that somebody is to do."""
        return self.occurrence is not None and self.state in OPEN_STATES

    @property
    def can_be_chosen(self) -> bool:
        """Return whether it can be dealt with here: not in a register, and not by a meeting."""
        return self.is_open and not self.register_title and not self.by_decision

    @property
    def words(self) -> list[str]:
        """Return its tags but those that stand for a requirement of a standard."""
        return [name for _key, name in self.tags if not is_requirement(name)]

    def concerns(self, person: Person) -> bool:
        """Return whether `person` answers for it or has taken it over."""
        return person.pk in (self.responsible_key, self.delegate_key)


@dataclass(frozen=True)
class Filters:
    """Filters of the wheel; an empty one narrows nothing."""

    clause: str = ""
    person: int | None = None
    tag: int | None = None
    kind: str = ""
    state: str = ""

    def lets_through(self, entry: WheelEntry) -> bool:
        """Return whether an entry is wanted."""
        return (
            self.clause in ("", entry.clause)
            and self.person in (None, entry.responsible_key, entry.delegate_key)
            and (self.tag is None or any(key == self.tag for key, _name in entry.tags))
            and (not self.kind or (self.kind == Duty.Kind.PLAN) == entry.is_plan)
            and _is_in(entry.state, self.state)
        )


NO_FILTERS = Filters()


def narrow(entries: Iterable[WheelEntry], filters: Filters) -> list[WheelEntry]:
    """Return the entries that are wanted."""
    return [entry for entry in entries if filters.lets_through(entry)]


def readable(entries: Iterable[WheelEntry], person: Person, *, follows: bool) -> list[WheelEntry]:
    """Return the entries `person` may read: all for whoever follows the committee, else theirs."""
    return [entry for entry in entries if follows or entry.concerns(person)]


def state_of(row: Occurrence, duty: Duty, today: date) -> EntryState:
    """Return how an occurrence stands."""
    if row.state == Occurrence.State.SKIPPED:
        return "skipped"
    if row.state == Occurrence.State.DONE:
        return "done_with_fault" if row.has_fault else "done"
    if row.due < today:
        return "minutes" if row.awaits_minutes else "overdue"
    return "soon" if (row.due - today).days <= duty.lead_days else "open"


def in_danish(words: str) -> str:
    """Return what to sort words by: case does not count, æøå come last."""
    return "".join(LAST_LETTERS.get(letter, letter) for letter in words.casefold())


def shared(duty: Any, who: Person | None, delegate: Person | None) -> dict[str, Any]:
    """Return what an entry says of its duty and of who is to do it."""
    return {
        "duty": duty.pk,
        "clause": duty.number_now or duty.clause_number,
        "responsible": who.name if who else "",
        "responsible_key": who.pk if who else None,
        "delegate": delegate.name if delegate else "",
        "delegate_key": delegate.pk if delegate else None,
        "tags": tuple((tag.pk, tag.name) for tag in duty.tags.all()),
        "is_plan": duty.is_plan,
        "by_decision": duty.by_decision,
        "calendar_host": duty.calendar_host,
    }


def _is_in(state: EntryState, wish: str) -> bool:
    groups: dict[str, frozenset[EntryState]] = {"open": OPEN_STATES, "done": DONE_STATES}
    return not wish or state in groups.get(wish, {wish})


PLAIN_EDGE: Final = "none"


@dataclass(frozen=True)
class Paint:
    """Values of SVG's `fill` and `stroke`. A pattern is one of yearwheel/patterns.svg."""

    fill: str
    edge: str = PLAIN_EDGE


PAINTS: Final[Mapping[EntryState, Paint]] = {
    "overdue": Paint("url(#wheel-overdue)"),
    "soon": Paint("url(#wheel-soon)"),
    "minutes": Paint("#c9d6e8", "#2c5a94"),
    "open": Paint("#8fa5c2"),
    "projected": Paint("#ffffff", "#8fa5c2"),
    "done": Paint("#2d7d4c"),
    "done_with_fault": Paint("url(#wheel-fault)"),
    "skipped": Paint("url(#wheel-skipped)", "#8e8e8e"),
}


def legend(entries: Iterable[WheelEntry]) -> list[tuple[EntryState, Paint, int]]:
    """Return the states that occur, each with how it looks and how many there are."""
    counts: Counter[EntryState] = Counter()
    for entry in entries:
        counts[entry.state] += entry.number
    return [(state, paint, counts[state]) for state, paint in PAINTS.items() if counts[state]]
