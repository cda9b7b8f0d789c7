"""Tasks born at a committee's meetings, as the chain tells of them, and duties, as the wheel does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kommissorium.measures.clauses import Saying
from kommissorium.measures.days import SOON
from kommissorium.measures.findings import Noted, Question
from kommissorium.measures.past import PastEvent
from kommissorium.measures.said import Link, link

GIVEN, CHANGED = "tasks.task_given", "tasks.task_changed"
ENDED: Final = ("tasks.task_done", "tasks.task_dropped")
REOPENED: Final = "tasks.task_reopened"
ACTS: Final = (GIVEN, CHANGED, *ENDED, REOPENED)


@dataclass
class BornTask:
    """A task, the days it was given for, and whether it was open. Nothing of its text is here."""

    key: int
    given: Noted
    first_due: date
    is_closed: bool
    dues: list[tuple[date, date]] = field(default_factory=list)  # written on, due
    turns: list[tuple[date, bool]] = field(default_factory=list)  # written on, is open then

    def was_open_on(self, on: date, known: date) -> bool:
        """Return whether it existed and was not finished when the day ended."""
        day = min(on, known)
        return self.given.on <= day and ([is_open for at, is_open in self.turns if at <= day])[-1]

    def due_on(self, on: date, known: date) -> date:
        """Return the day it was due, as that stood when the day ended."""
        day = min(on, known)
        return ([due for at, due in self.dues if at <= day] or [self.first_due])[-1]


def tasks_told_by(events: Iterable[PastEvent]) -> Sequence[BornTask]:
    """Return the tasks that the events tell of, by the time they were given."""
    found: dict[int, BornTask] = {}
    for event in events:
        if event.act not in ACTS:
            continue
        on = event.noted.on
        if event.act == GIVEN:
            due = date.fromisoformat(event.facts["due"])
            found[event.key] = BornTask(
                event.key, event.noted, due, bool(event.facts.get("is_closed")), turns=[(on, True)]
            )
        one = found[event.key]
        if event.act in (GIVEN, CHANGED):
            one.dues.append((on, date.fromisoformat(event.facts["due"])))
        else:
            one.turns.append((on, event.act == REOPENED))
    return list(found.values())


@dataclass(frozen=True)
class Tied:
    """A duty's tie to the clause it serves, from the day it was made until it is ended."""

    says: Saying
    made_on: date
    ended_on: date | None

    def is_there(self, asked: Question) -> bool:
        is_over = self.ended_on is not None and self.ended_on <= asked.on
        return self.made_on <= asked.known and not is_over


@dataclass(frozen=True)
class WheelFact:
    """One time such a duty falls due. `says` is the clause that it serves.

    `moves` are the days it was moved to, each with the day it was written. `ended_on` is when
    it was done or skipped; `shown_by` are the labels and the addresses of its evidence.
    """

    says: Saying
    duty: int
    duty_ended_on: date | None
    key: int
    title: str
    made_on: date
    due: date
    moves: tuple[tuple[date, date], ...]
    ended_on: date | None
    is_skipped: bool
    result: str
    shown_by: tuple[tuple[str, str], ...]

    @property
    def link(self) -> Link:
        return link("occurrence", self.key)

    def due_as_known(self, day: date) -> date:
        """Return the day it was due, by the moves written when the day ended."""
        return next((to for on, to in reversed(self.moves) if on <= day), self.due)

    def is_put_off(self, asked: Question) -> bool:
        """Return whether its first due day is over, and it was moved far ahead."""
        return self.due < asked.on and self.due_as_known(asked.known) > asked.on + SOON

    def is_of_a_duty_on(self, day: date) -> bool:
        """Return whether its duty had not been ended: an ended one has left its clause."""
        return self.duty_ended_on is None or self.duty_ended_on > day

    def had_ended_by(self, day: date) -> bool:
        return self.ended_on is not None and self.ended_on <= day
