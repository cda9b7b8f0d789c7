"""Tasks from a committee's meetings, as dated facts told by the chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Q

from kommissorium.committees.models import Committee
from kommissorium.meetings.minutes_builder import ITEM
from kommissorium.meetings.models.decisions import DECISION
from kommissorium.registers.findings import Noted
from kommissorium.registers.past import PastEvent
from kommissorium.tasks.models import Task

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
