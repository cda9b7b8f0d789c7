"""Frequency of reports to the executive board, as the mandate asks of the committee's members."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.yearwheel.actions.next_occurrences import follow_change, queue_up
from kommissorium.yearwheel.duty_proposals import EXECUTIVE_REPORT, has_executive, reports_every
from kommissorium.yearwheel.models import Duty, DutyCadence, Rhythm


@transaction.atomic
def follow_executive(committee: Committee) -> None:
    """Let the report fall due once a year with an executive in the committee, else each quarter.

    More often than that is the committee's own choice, and stays until the executive comes or goes.
    """
    today = timezone.localdate()
    lasting = Duty.objects.filter(committee=committee, default_key=EXECUTIVE_REPORT, ended_on=None)
    for duty in lasting.select_related("committee"):
        newest = duty.cadences.order_by("-pk").first()
        if newest is None or newest.rhythm != Rhythm.INTERVAL or newest.applies_from > today:
            continue
        months = reports_every(committee, today)
        chosen = newest.interval_months or 0
        is_same = has_executive(committee, newest.applies_from) == has_executive(committee, today)
        if chosen > months or (chosen < months and not is_same):
            _recur(queue_up(duty), newest, months, today)


def _recur(duty: Duty, before: DutyCadence, months: int, today: date) -> None:
    DutyCadence.objects.create(
        duty=duty,
        applies_from=today,
        rhythm=before.rhythm,
        interval_months=months,
        anchor=before.anchor,
    )
    follow_change(duty, today)
    facts = {"rhythm": str(before.rhythm), "months": months, "applies_from": today}
    record("yearwheel.cadence_changed", duty, by=None, facts=facts)
