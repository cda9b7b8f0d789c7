"""Keep how the risks stand in the chain."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction

from kommissorium.accounts.models import Municipality
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event
from kommissorium.risks.current_counts import count_risks
from kommissorium.risks.models import CellChange


@transaction.atomic
def record_risk_figures(day: date) -> Event | None:
    """Record how the risks stood on the day; return the event, None where none was assessed."""
    if not CellChange.objects.filter(day__lte=day).exists():  # nothing was ever assessed
        return None
    counted = count_risks(day)
    if not counted.risks:
        return None
    facts = asdict(counted)
    return record("risks.figures_kept", Municipality.current(), by=None, facts=facts)
