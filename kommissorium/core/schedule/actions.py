"""Runs the jobs of the schedule that are due."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from kommissorium.core.database.away import is_away
from kommissorium.core.schedule.models import Job

CLOCKS_DIFFER = timedelta(minutes=5)  # at most, between two workers
logger = logging.getLogger("kommissorium.schedule")


@dataclass(frozen=True)
class Periodic:
    """One line of the schedule: what to run and how long to wait between two runs."""

    name: str
    run: Callable[[], object]
    every: timedelta


def run_due(schedule: Sequence[Periodic], now: datetime | None = None) -> list[str]:
    """Run the jobs that are due and return their names; a job that fails stops no other.

    A missed run is caught up once, however long it was missed. Nothing waits for a time that
    was noted while the clock was ahead.
    """
    now = now or timezone.now()
    known = dict(Job.objects.values_list("name", "next_at"))
    done = []
    for periodic in schedule:
        due = known.get(periodic.name)
        if due is None:
            Job.objects.get_or_create(name=periodic.name, defaults={"next_at": now})
            due = now
        if (due <= now or due > _latest(periodic, now)) and _claim(periodic, now):
            _run(periodic)
            done.append(periodic.name)
    return done


def _claim(periodic: Periodic, now: datetime) -> bool:
    due = Q(next_at__lte=now) | Q(next_at__gt=_latest(periodic, now))
    row = Job.objects.filter(due, name=periodic.name)
    return bool(row.update(next_at=now + periodic.every, started_at=now))


def _latest(periodic: Periodic, now: datetime) -> datetime:
    """Return the latest time that can have been noted by now, by a clock that was right."""
    return now + periodic.every + CLOCKS_DIFFER


def _run(periodic: Periodic) -> None:
    error_text = ""
    try:
        periodic.run()
    except Exception as error:
        if is_away(error):
            raise  # no job of ours failed
        logger.exception("job %s failed", periodic.name)
        error_text = f"{type(error).__name__}: {error}"[:300]
    Job.objects.filter(name=periodic.name).update(finished_at=timezone.now(), last_error=error_text)
