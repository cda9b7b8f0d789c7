"""T9 and the figures of audits counted from their rows, with the days on which the chain noted them."""

from __future__ import annotations

from collections import Counter
from datetime import date

from kommissorium.audits.models import Audit, AuditEvaluation, AuditFinding, Closure
from kommissorium.committees.models import Clause
from kommissorium.demo.tests.raw_reading import (
    AMBER,
    GREEN,
    MONTH,
    RED,
    Count,
    Reading,
    a_year_until,
)
from kommissorium.demo.tests.raw_rows import local, told


def _noted(act: str) -> dict[int, date]:
    """Return the day on which the act was first written, of each audit."""
    found: dict[int, date] = {}
    for one in told([f"registers.activity_{act}"]):
        if one.facts["activities"] == "audits":
            found.setdefault(int(one.key), one.on)
    return found


def evaluated(r: Reading, clause: Clause) -> Count:
    """T9: the newest audit that this committee evaluated was held within twelve months, and not
    planned on the day it was evaluated."""
    noted, planned, until = _noted("held"), _noted("planned"), min(r.on, r.known)
    rows = AuditEvaluation.objects.filter(
        state="approved", decision__committee=r.rows.committee
    ).select_related("decision", "audit__plan__decision")
    days = {
        one.audit.held_on: one.decision
        for one in rows
        if local(one.decision.written_at) <= r.known
        and local(one.decision.decided_at) <= r.on
        and one.audit.held_on
        and one.audit.held_on <= r.on
        and noted[one.audit_id] <= r.known
        and local(one.audit.plan.decision.written_at) <= until
        and max(planned[one.audit_id], local(one.audit.plan.decision.written_at))
        < local(one.decision.decided_at)
    }
    if not days:
        return Count(r.missing(clause))
    if max(days) < a_year_until(r.on):
        return Count(RED)
    state = GREEN if max(days) >= a_year_until(r.on + MONTH) else AMBER
    return r.by_committee(Count(state), [days[max(days)]])


def quarter_figures(first: date, last: date) -> dict[str, int | None]:
    """Return the figures about audits for a quarter, as known when it ended."""
    rows = Audit.objects.filter(plan__state="approved").select_related("plan__decision")
    rows_ = [one for one in rows if local(one.plan.decision.written_at) <= last]
    if not rows_:
        return {}
    noted, off = _noted("held"), _noted("called_off")
    held = [one for one in rows_ if noted.get(one.pk, date.max) <= last]
    still = [one for one in rows_ if one not in held and off.get(one.pk, date.max) > last]
    closed = {
        one.finding_id: local(one.judged_at)
        for one in Closure.objects.filter(verdict="accepted")
        if one.judged_at
    }
    found = [one for one in AuditFinding.objects.all() if local(one.made_at) <= last]
    new = Counter(one.sort for one in found if local(one.made_at) >= first)
    return {
        **{sort: new[sort] for sort in ("nonconformity", "observation", "improvement")},
        "held": sum(first <= one.held_on <= last for one in held if one.held_on),
        "late": sum(one.planned_for < last for one in still),
        "closed": sum(first <= day <= last for day in closed.values()),
        "open": sum(closed.get(one.pk, date.max) > last for one in found),
    }
