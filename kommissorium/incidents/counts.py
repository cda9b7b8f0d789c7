"""Counts of the register of incidents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Answer
from kommissorium.incidents.models import OPEN, Incident, Notification, State
from kommissorium.incidents.status import TO_AUTHORITY
from kommissorium.registers.findings import year_before
from kommissorium.registers.numbers import Indicator, Numbers, percentage


def count_incidents(day: date) -> dict[str, int]:
    """Count the reports until the day and those open today; past days keep their figures."""
    known = Incident.objects.filter(reported_at__date__lte=day)
    by_state = dict(known.order_by().values_list("state").annotate(Count("pk")))
    return {
        "reported": by_state.get(State.REPORTED, 0),
        "open": sum(by_state.get(state, 0) for state in OPEN),
        "closed": by_state.get(State.CLOSED, 0),
        "evaluated": by_state.get(State.EVALUATED, 0),
        "running": Notification.objects.running().count(),
    }


def count_breaches(day: date) -> Numbers:
    """Count the breaches the authority was to be told of within the twelve months before the day,
    and those of them it was told of in time."""
    owed = Notification.objects.filter(code=TO_AUTHORITY).exclude(needed=Answer.NO)
    owed = owed.filter(due_at__date__gte=year_before(day), due_at__date__lt=day)
    in_time = Q(sent_at__lte=F("due_at"))
    return owed.order_by().aggregate(breaches=Count("pk"), in_time=Count("pk", filter=in_time))


INDICATORS: Final[Mapping[str, Indicator]] = {
    "breaches_in_time": percentage(
        _("Personal data breaches notified within 72 hours"),
        "in_time",
        "breaches",
        _(
            "Of the personal data breaches whose deadline ran out in the last twelve months: how "
            "many the Danish Data Protection Agency was told of within it."
        ),
        numbers=count_breaches,
    ),
}
