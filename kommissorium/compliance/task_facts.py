"""Tasks born at a committee's meetings, as the chain tells of them, and duties, as the wheel does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.compliance.clause_identity import Saying, saying
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models.decisions import DECISION
from kommissorium.registers.findings import SOON, Noted, Question
from kommissorium.registers.past import PastEvent
from kommissorium.tasks.models import Task
from kommissorium.yearwheel.models import Duty, Evidence, Move, Occurrence

TASK, MEETING = "tasks.task", "meetings.meeting"
GIVEN, CHANGED = "tasks.task_given", "tasks.task_changed"
ENDED: Final = ("tasks.task_done", "tasks.task_dropped")
REOPENED: Final = "tasks.task_reopened"
ACTS: Final = (GIVEN, CHANGED, *ENDED, REOPENED)


@dataclass(slots=True)
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


def events_of_tasks(committee: Committee) -> Q:
    """Return the events about tasks from the committee's meetings and of its decisions."""
    born = Task.objects.filter(committee=committee, born_kind__in=[ITEM, DECISION, MEETING])
    keys = [str(key) for key in born.values_list("pk", flat=True)]
    return Q(act__in=ACTS, object_kind=TASK, object_id__in=keys)


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


@dataclass(frozen=True, slots=True)
class Tied:
    """A duty's tie to the clause it serves, from the day it was made until it is ended."""

    says: Saying
    made_on: date
    ended_on: date | None

    def is_there(self, asked: Question) -> bool:
        is_over = self.ended_on is not None and self.ended_on <= asked.on
        return self.made_on <= asked.known and not is_over


@dataclass(frozen=True, slots=True)
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
    def link(self) -> str:
        return reverse("occurrence", args=[self.key])

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


def clauses_with_duties(committee: Committee) -> list[Tied]:
    """Return the clauses of own wording that duties are tied to (one query)."""
    duties = Duty.objects.filter(committee=committee, measure="", clause__isnull=False)
    return [
        Tied(saying(clause), timezone.localdate(duty.created_at), duty.ended_on)
        for duty in duties.select_related("clause")
        if (clause := duty.clause)
    ]


def wheel_facts(committee: Committee) -> list[WheelFact]:
    """Fetch the occurrences of duties tied to clauses that no measure measures (three queries)."""
    rows = Occurrence.objects.filter(
        duty__committee=committee, duty__measure="", duty__clause__isnull=False
    )
    found = list(rows.select_related("duty__clause").order_by("due", "pk"))
    moves = _moves(rows)
    shown: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in Evidence.objects.filter(occurrence__in=rows.order_by().values("pk")):
        shown[one.occurrence_id].append((one.label, one.address))
    return [_fact(row, moves[row.pk], tuple(shown[row.pk])) for row in found]


def _moves(rows: Any) -> dict[int, list[tuple[date, date, date]]]:
    moves: dict[int, list[tuple[date, date, date]]] = defaultdict(list)
    told = Move.objects.filter(occurrence__in=rows.order_by().values("pk")).order_by("at", "pk")
    for key, at, came_from, to in told.values_list("occurrence", "at", "from_day", "to_day"):
        moves[key].append((timezone.localdate(at), came_from, to))
    return moves


def _fact(
    row: Occurrence, moves: list[tuple[date, date, date]], shown_by: tuple[tuple[str, str], ...]
) -> WheelFact:
    clause: Any = row.duty.clause
    return WheelFact(
        says=saying(clause),
        duty=row.duty_id,
        duty_ended_on=row.duty.ended_on,
        key=row.pk,
        title=row.title,
        made_on=timezone.localdate(row.created_at),
        due=moves[0][1] if moves else row.due,
        moves=tuple((on, to) for on, _from, to in moves),
        ended_on=timezone.localdate(row.ended_at) if row.ended_at else None,
        is_skipped=row.state == Occurrence.State.SKIPPED,
        result=row.result,
        shown_by=shown_by,
    )
