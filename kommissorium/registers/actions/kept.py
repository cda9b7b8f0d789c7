"""Keep how a register stands, day by day, and log who read what."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import Final

from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone

from kommissorium.accounts.models import Municipality, Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event
from kommissorium.core.unwritable import unwritable
from kommissorium.registers.installed import register_of
from kommissorium.registers.links import END_OF_DAY
from kommissorium.registers.models import DailyFigures
from kommissorium.registers.models.kept import ReadingLog

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


KEPT: Final = timedelta(days=365)
SAME: Final = timedelta(minutes=5)  # what a person reads again within it is one reading
logger = logging.getLogger("kommissorium.registers")


def keep_reading(log: type[ReadingLog], read: models.Model, person: Person, what: str) -> None:
    """Note that the person read it. Where nothing can be written, the log of the server says it."""
    now, same = timezone.now(), {log.of: read, "person": person, "what": what}
    rows = log._default_manager  # noqa: SLF001 Django's documented model API
    if rows.filter(**same, at__gt=now - SAME, at__lte=now).exists():
        return
    try:
        with transaction.atomic():
            rows.create(**same, at=now)
    except (OSError, DatabaseError) as error:
        if unwritable(error) is None:
            raise
        text = "reading of %s %s by %s not kept"
        logger.warning(text, read._meta.label_lower, read.pk, person.pseudonym)  # noqa: SLF001


@transaction.atomic
def forget_readings(log: type[ReadingLog]) -> None:
    """Forget what was read more than a year ago."""
    log._default_manager.filter(at__lt=timezone.now() - KEPT).delete()  # noqa: SLF001
