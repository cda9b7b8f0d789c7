"""Keep how complete the registers are, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from kommissorium.assets.figures import figures_on
from kommissorium.assets.models import Completeness, RegisterSettings
from kommissorium.assets.past import past_figures
from kommissorium.core.evidence.actions import record

EVENING = 22  # o'clock: the figures of a day never change, so they are kept when it is nearly over
COUNTED = (
    *("systems", "data_sets", "archives", "systems_owned", "data_sets_owned", "archives_owned"),
    *("required", "current", "expired", "owners", "owners_read"),
)


def keep_figures(day: date | None = None) -> int:
    """Keep the figures of the day; return how many days were added: 0 where it is there already.

    Without a day it does what is due: today's from 22 o'clock on, and yesterday's where nothing
    ran that evening. Older gaps stay gaps. An empty register has no figures. Raises ValueError
    for a day to come.
    """
    today = timezone.localdate()
    if day is None:
        made = keep_past_figures([today - timedelta(days=1)])
        is_evening = timezone.localtime().hour >= EVENING
        return made + (keep_figures(today) if is_evening else 0)
    if day < today:
        return keep_past_figures([day])
    if day > today:
        message = f"{day} has not come yet"
        raise ValueError(message)
    return 0 if _is_there(day) else _keep(figures_on(day))


def keep_past_figures(days: Iterable[date]) -> int:
    """Keep the figures of days gone by, from what is dated; return how many were added.

    Those that are there already stay as they are. Raises ValueError for today and later.
    """
    wanted = sorted(set(days))
    if wanted and wanted[-1] >= timezone.localdate():
        message = f"{wanted[-1]} is not over"
        raise ValueError(message)
    rows = Completeness.objects.filter(is_whole=True, day__in=wanted)
    there = set(rows.values_list("day", flat=True))
    missing = [day for day in wanted if day not in there]
    return sum(map(_keep, past_figures(missing))) if missing else 0


def _is_there(day: date) -> bool:
    return Completeness.objects.filter(is_whole=True, day=day).exists()


def _keep(rows: Sequence[Completeness]) -> int:
    """Write the rows of a day, the whole first; 0 where the register was empty or they are there."""
    whole = rows[0]
    if not whole.assets:
        return 0
    facts = {"day": whole.day, **{name: getattr(whole, name) for name in COUNTED}}
    try:
        with transaction.atomic():
            settings = RegisterSettings.current()
            whole.event = record("assets.figures_kept", settings, by=None, facts=facts)
            Completeness.objects.bulk_create(rows)
    except IntegrityError:  # somebody else was quicker
        if _is_there(whole.day):
            return 0
        raise
    return 1
