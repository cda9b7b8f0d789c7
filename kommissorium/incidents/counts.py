"""How the register of incidents stands, in numbers."""

from __future__ import annotations

from datetime import date

from kommissorium.incidents.models import Incident, Notification, State


def count_incidents(day: date) -> dict[str, int]:
    """Count what was reported until the day and is open today; days gone by keep what they told."""
    known = Incident.objects.filter(reported_at__date__lte=day)
    return {
        "reported": known.filter(state=State.REPORTED).count(),
        "open": known.open().count(),
        "closed": known.filter(state=State.CLOSED).count(),
        "evaluated": known.filter(state=State.EVALUATED).count(),
        "running": Notification.objects.running().count(),
    }
