"""Facts from the year wheel about duties that serve a clause of the committee's own wording."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.compliance.clause_identity import Saying, saying
from kommissorium.registers.findings import SOON, Question
from kommissorium.yearwheel.models import Duty, Evidence, Move, Occurrence


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
