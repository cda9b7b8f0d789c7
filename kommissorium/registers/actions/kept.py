"""Keep how a register stands, day by day, and log who read what."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from kommissorium.accounts.models import Municipality
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event
from kommissorium.registers.installed import register_of
from kommissorium.registers.links import END_OF_DAY
from kommissorium.registers.models import DailyFigures

EVENING = 22  # o'clock: the figures of a day never change, so they are kept when it is nearly over


def keep_due_figures(code: str) -> int:
    """Keep today's figures from 22:00 on, and yesterday's where nothing ran that evening.

    Return how many days were added. Older gaps stay gaps.
    """
    today = timezone.localdate()
    made = keep_figures(code, today - timedelta(days=1))
    if timezone.localtime().hour < EVENING:
        return made
    end_day(code, today)
    return made + keep_figures(code, today)


def end_day(code: str, day: date) -> None:
    """Do what a register does of itself in the evening."""
    if code in END_OF_DAY.offers:
        END_OF_DAY.ask_of(code)(day)


def keep_figures(code: str, day: date) -> int:
    """Keep the figures of a register's day; return how many days were added.

    0 where they are there already, and where the register was empty or keeps none. Raises ValueError for a day
    to come.
    """
    if day > timezone.localdate():
        message = f"{day} has not come yet"
        raise ValueError(message)
    rows, figures = DailyFigures.objects.filter(register=code, day=day), register_of(code).counts
    if figures.record is None or rows.exists():
        return 0
    try:
        with transaction.atomic():
            event = figures.record(day)
            if event is None:
                return 0
            DailyFigures.objects.create(register=code, day=day, event=event)
    except IntegrityError:  # somebody else was quicker
        if rows.exists():
            return 0
        raise
    return 1


@transaction.atomic
def record_counts(code: str, day: date) -> Event | None:
    """Record how a register is counted on the day; return the event, None where all are zero."""
    counts = register_of(code).counts.on(day)
    if not any(counts.values()):
        return None
    facts = {"register": code, "day": day, "counts": dict(counts)}
    return record("registers.figures_kept", Municipality.current(), by=None, facts=facts)
