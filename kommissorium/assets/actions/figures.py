"""Keep figures of how complete the registers are, for the whole and by area."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kommissorium.assets.figures import COMPLETENESS, completeness_on
from kommissorium.assets.models import Agreement, Completeness, RegisterSettings
from kommissorium.core.evidence.actions import record
from kommissorium.core.evidence.models import Event


@transaction.atomic
def record_asset_figures(day: date) -> Event | None:
    """Keep the figures of a day; return the event, None for an empty register."""
    rows = completeness_on(day)
    whole = rows[0]
    if not whole.assets:
        return None
    facts = {"day": day, **{name: getattr(whole, name) for name in COMPLETENESS}}
    facts["oversight_overdue"] = Agreement.objects.overdue(day).count()
    whole.event = record("assets.figures_kept", RegisterSettings.current(), by=None, facts=facts)
    Completeness.objects.bulk_create(rows)
    return whole.event
