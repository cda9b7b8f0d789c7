"""How the register of incidents stands, in numbers."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from kommissorium.incidents.models import OPEN, Incident, Notification, State


def count_incidents(day: date) -> dict[str, int]:
    """Count what was reported until the day and is open today; days gone by keep what they told."""
    known = Incident.objects.filter(reported_at__date__lte=day)
    by_state = dict(known.order_by().values_list("state").annotate(Count("pk")))
    return {
        "reported": by_state.get(State.REPORTED, 0),
        "open": sum(by_state.get(state, 0) for state in OPEN),
        "closed": by_state.get(State.CLOSED, 0),
        "evaluated": by_state.get(State.EVALUATED, 0),
        "running": Notification.objects.running().count(),
    }
