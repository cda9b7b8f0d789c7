"""Tasks: open, of a closed item, done, and asked of another."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, secret
from kommissorium.tasks.actions import choose_for_quarter, delegate_task, finish_task, give_task
from kommissorium.tasks.models import Task
from kommissorium.tasks.quarters import next_quarter, quarter_of


def add(samples: Samples, cast: Cast) -> None:
    """Name tasks in all states, and the list of a quarter."""
    tasks = {"": _task(cast), "/asked": _task(cast), "/done": _task(cast)}
    tasks |= {"/closed": _closed(cast, "opgave"), "/closed_done": _closed(cast, "udført")}
    handed = _closed(cast, "overdraget")
    finish_task(tasks["/done"], by=cast.member, word="Øvelsen er holdt.")
    finish_task(tasks["/closed_done"], by=cast.member, word=secret("udført"))
    for variant, one in tasks.items():
        for name in ("", "_edit", "_completion", "_dropping", "_reopening", "_delegation"):
            samples.add(f"task{name}{variant}", pk=one.pk)
    asked = delegate_task(tasks["/asked"], by=cast.member, to=cast.employee)
    closed = delegate_task(handed, by=cast.member, to=cast.chair, note=secret("note"))
    for name in ("acceptance", "refusal", "withdrawal"):
        samples.add(f"delegation_{name}", pk=asked.pk)
        samples.add(f"delegation_{name}/closed", pk=closed.pk)
    _quarter(samples, cast, [tasks[""], tasks["/closed"], tasks["/closed_done"]])


def _quarter(samples: Samples, cast: Cast, tasks: list[Task]) -> None:
    quarter = next_quarter(quarter_of(timezone.localdate()))
    first, second, _third = choose_for_quarter(cast.committee, quarter, tasks, by=cast.coordinator)
    samples.add("quarter quarter_choice", pk=cast.committee.pk, day=str(quarter))
    samples.add("quarter_removal", pk=first.pk)
    samples.add("quarter_removal/closed", pk=second.pk)


def _task(
    cast: Cast, title: str = "Hold øvelse i nødprocedurer", *, is_closed: bool = False
) -> Task:
    return give_task(
        by=cast.coordinator,
        title=title,
        description=title,
        owner=cast.member,
        due=timezone.localdate() + timedelta(days=20),
        committee=cast.committee,
        is_closed=is_closed,
    )


def _closed(cast: Cast, what: str) -> Task:
    return _task(cast, secret(what), is_closed=True)
