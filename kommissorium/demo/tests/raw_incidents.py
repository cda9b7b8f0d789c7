"""T5 counted from the rows of incidents and notifications, whatever the chain says of them."""

from __future__ import annotations

from datetime import date

from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import AMBER, GREEN, NONE, RED, WORST, Count, Reading
from kommissorium.demo.tests.raw_rows import local
from kommissorium.incidents.models import Incident, IncidentSettings, Notification


def evaluated(r: Reading, _clause: Clause) -> Count:
    """Return the worst of what is evaluated, and of what was told within its deadline."""
    until = min(r.on, r.known)
    states = [*_cases(r, until), *_notifications(until)]
    return Count(min(states, key=WORST.index) if states else NONE)


def _cases(r: Reading, until: date) -> list[str]:
    least = IncidentSettings.current().evaluated_from
    rows = Incident.objects.filter(nature="incident", severity__gte=least, closed_at__isnull=False)
    closed = [one for one in rows if local(one.closed_at) <= until]
    held = [one.held_on for one in r.rows.meetings if one.stood(r.known) and one.held_on <= until]
    states = []
    for one in closed:
        if one.evaluated_at and local(one.evaluated_at) <= until:
            states.append(GREEN)
            continue
        met = sum(day > local(one.closed_at) for day in held)
        states.append(RED if met > 1 else AMBER if met else GREEN)
    return states


def _notifications(until: date) -> list[str]:
    states = []
    for one in Notification.objects.all():
        sent = one.sent_at is not None and local(one.sent_at) <= until
        settled = one.needed == "no" and one.decided_at and local(one.decided_at) <= until
        if sent:
            states.append(GREEN)
        elif one.due_at and local(one.due_at) < until and not settled:
            states.append(RED)
    return states
