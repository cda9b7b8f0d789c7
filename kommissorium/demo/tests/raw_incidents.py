"""T5, and a quarter's figures of incidents, counted from the rows of incidents and notifications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime

from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import AMBER, GREEN, NONE, RED, WORST, Count, Reading
from kommissorium.demo.tests.raw_rows import DAY, local, told
from kommissorium.incidents.models import Incident, IncidentSettings, Notification, Type


def evaluated(r: Reading, _clause: Clause) -> Count:
    """Return the worst state of the evaluations, of the notifications by their deadlines, and of
    what lies: reports for more than a day, cases for more than ninety."""
    until = min(r.on, r.known)
    ended = r.on if r.on < r.rows.today else r.on - DAY  # the last day that is over
    states = [*_cases(r, until), *_notifications(until, ended), *_lying(until, ended)]
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


def _notifications(until: date, ended: date) -> list[str]:
    noted = {
        (one.key, one.facts["notification"])
        for one in told(["incidents.notification_sent"])
        if one.on <= until
    }
    states = []
    for one in Notification.objects.all():
        sent = (str(one.incident_id), one.code) in noted  # a sending is known once it is noted
        settled = one.needed == "no" and one.decided_at and local(one.decided_at) <= until
        if sent:
            states.append(GREEN)
        elif settled:
            late = one.due_at is not None and local(one.decided_at) > local(one.due_at)
            states += [RED if one.advised_at is None else GREEN] if late else []
        elif one.due_at and local(one.due_at) <= ended:
            states.append(RED)
    return states


def _lying(until: date, ended: date) -> list[str]:
    def is_by(moment: datetime | None) -> bool:
        return moment is not None and local(moment) <= until

    there = [one for one in Incident.objects.all() if is_by(one.reported_at)]
    reports = [one for one in there if not is_by(one.triaged_at)]
    cases = [one for one in there if is_by(one.triaged_at) and not is_by(one.closed_at)]
    lying = [one for one in reports if local(one.reported_at) + DAY <= ended]
    lying += [
        one
        for one in cases
        if one.nature == "incident" and local(one.reported_at) + 90 * DAY <= ended
    ]
    return [AMBER] * len(lying)


def incident_figures(first: date, last: date) -> Mapping[str, int | None]:
    """Return the figures about incidents for a quarter, from the rows and what was
    written of them by its end."""
    rows = {one.pk: one for one in Incident.objects.filter(nature="incident")}
    triaged = {int(one.key) for one in told(["incidents.triaged"]) if one.on <= last}
    there = [one for key, one in rows.items() if key in triaged and local(one.reported_at) <= last]
    new = [one for one in there if local(one.reported_at) >= first]
    closed = [one for one in there if one.closed_at and local(one.closed_at) <= last]
    least = IncidentSettings.current().evaluated_from
    wanted = [one for one in closed if (one.severity or 0) >= least]
    evaluated = [one for one in there if one.evaluated_at and local(one.evaluated_at) <= last]
    types = Counter(f"incidents_{one.type}" for one in new)
    return {
        **{f"incidents_{kind}": types[f"incidents_{kind}"] for kind in Type.values if kind},
        "incidents": len(new),
        "incidents_open": len(there) - len(closed),
        "incidents_closed": sum(local(one.closed_at) >= first for one in closed),
        "evaluated": sum(local(one.evaluated_at) >= first for one in evaluated),
        "not_evaluated": len([one for one in wanted if one not in evaluated]),
        **_told_figures(first, last),
    }


def _told_figures(first: date, last: date) -> Mapping[str, int]:
    """Return the notifications sent in a quarter, those found needless, and those missed."""
    rows = list(Notification.objects.all())
    sent = [one for one in rows if one.sent_at and first <= local(one.sent_at) <= last]
    refused = [one for one in rows if one.needed == "no" and one.decided_at]
    refused = [one for one in refused if first <= local(one.decided_at) <= last]
    passed = [one for one in rows if one.due_at and local(one.due_at) <= last]
    settled = {one.pk for one in rows if one.sent_at and local(one.sent_at) <= last}
    settled |= {one.pk for one in rows if one.needed == "no" and local(one.decided_at) <= last}
    late = [one for one in sent if one.due_at and one.sent_at > one.due_at]
    return {
        "breaches_notified": sum(one.code == "gdpr_33" for one in sent),
        "breaches_not_notified": sum(one.code == "gdpr_33" for one in refused),
        "deadlines_kept": sum(one.due_at is not None for one in sent) - len(late),
        "deadlines_missed": len(late),
        "deadlines_passed": sum(one.pk not in settled for one in passed),
    }
