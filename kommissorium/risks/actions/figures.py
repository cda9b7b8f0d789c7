"""Keep how the risks stand, day by day, in the chain."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from kommissorium.accounts.models import Municipality
from kommissorium.core.evidence.actions import record
from kommissorium.risks.current_counts import RiskCounts, count_risks
from kommissorium.risks.models import KeptDay

EVENING = 22  # o'clock: the figures of a day never change, so they are kept when it is nearly over


def keep_risk_figures(day: date | None = None) -> int:
    """Keep how the risks stood on the day; return how many days were added.

    0 where it is there already, and where no risk has been assessed. Without a day it does what
    is due: today's from 22 o'clock on, and yesterday's where nothing ran that evening. Raises
    ValueError for a day to come.
    """
    today = timezone.localdate()
    if day is None:
        made = keep_risk_figures(today - timedelta(days=1))
        is_evening = timezone.localtime().hour >= EVENING
        return made + (keep_risk_figures(today) if is_evening else 0)
    if day > today:
        message = f"{day} has not come yet"
        raise ValueError(message)
    return 0 if _is_there(day) else _keep(count_risks(day))


def _keep(standing: RiskCounts) -> int:
    if not standing.risks:
        return 0
    try:
        with transaction.atomic():
            facts = asdict(standing)
            event = record("risks.figures_kept", Municipality.current(), by=None, facts=facts)
            KeptDay.objects.create(day=standing.day, event=event)
    except IntegrityError:  # somebody else was quicker
        if _is_there(standing.day):
            return 0
        raise
    return 1


def _is_there(day: date) -> bool:
    return KeptDay.objects.filter(day=day).exists()
