"""Incidents in numbers: by quarter, type and area, durations, and deadlines kept.

The figures are of all cases and the same for everybody who reads them: they name no case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.assets.models import Answer
from kommissorium.incidents.models import Incident, Nature, Notification, Type
from kommissorium.registers.quarters import Quarter, quarters_until
from kommissorium.registers.trends import Trend

QUARTERS = 12


def trends(today: date, quarters: int = QUARTERS) -> list[Trend]:
    """Return the figures of the last quarters, this one included (two queries)."""
    shown = quarters_until(today, quarters)
    fields = ("pk", "reported_at", "discovered_at", "happened_at", "triaged_at", "closed_at")
    rows = list(
        Incident.objects.filter(reported_at__date__gte=shown[0].first).values(
            *fields, "type", "nature", "is_breach", "area__name"
        )
    )
    by_quarter = [
        [one for one in rows if Quarter.of(timezone.localdate(one["reported_at"])) == quarter]
        for quarter in shown
    ]
    words = [quarter.label for quarter in shown]
    types = [(str(one.label), one.value) for one in Type if one.value]
    areas = sorted({one["area__name"] for one in rows if one["area__name"]})
    found = [
        Trend(_("In all"), words, _totals(by_quarter)),
        Trend(_("By type"), words, _counted(by_quarter, "type", types)),
        Trend(_("By area"), words, _counted(by_quarter, "area__name", [(a, a) for a in areas])),
        Trend(_("Median hours"), words, _medians(by_quarter)),
        Trend(_("Breaches notified within the deadline"), words, _notified(by_quarter)),
    ]
    return [one for one in found if one.rows]


def _totals(quarters: Sequence[list[dict[str, Any]]]) -> list[tuple[str, list[int | None]]]:
    def count(fits: Callable[[dict[str, Any]], bool]) -> list[int | None]:
        return [sum(map(fits, rows)) for rows in quarters]

    return [
        (_("Reports"), [len(rows) for rows in quarters]),
        (_("Security incidents"), count(lambda row: row["nature"] == Nature.INCIDENT)),
        (_("Personal data breaches"), count(_is_breach)),
    ]


def _is_breach(row: dict[str, Any]) -> bool:
    return bool(row["nature"] == Nature.INCIDENT and row["is_breach"] == Answer.YES)


def _counted(
    quarters: Sequence[list[dict[str, Any]]], field: str, values: Iterable[tuple[str, str]]
) -> list[tuple[str, list[int | None]]]:
    counters = [
        Counter(row[field] for row in rows if row["nature"] == Nature.INCIDENT) for rows in quarters
    ]
    found: list[tuple[str, list[int | None]]] = [
        (word, [counter[value] for counter in counters]) for word, value in values
    ]
    return [row for row in found if any(row[1])]


def _medians(quarters: Sequence[list[dict[str, Any]]]) -> list[tuple[str, list[int | None]]]:
    spans = (
        (_("From beginning to discovery"), "happened_at", "discovered_at"),
        (_("From report to triage"), "reported_at", "triaged_at"),
        (_("From report to closing"), "reported_at", "closed_at"),
    )
    found: list[tuple[str, list[int | None]]] = [
        (word, [_median(rows, begin, end) for rows in quarters]) for word, begin, end in spans
    ]
    return [row for row in found if any(one is not None for one in row[1])]


def _median(rows: Iterable[dict[str, Any]], begin: str, end: str) -> int | None:
    spans = [row[end] - row[begin] for row in rows if row[begin] and row[end]]
    return round(median(spans) / timedelta(hours=1)) if spans else None


def _notified(quarters: Sequence[list[dict[str, Any]]]) -> list[tuple[str, list[int | None]]]:
    notifications = Notification.objects.filter(code="gdpr_33").exclude(needed=Answer.NO)
    kept = {one.incident_id: one.sent_at and not one.was_late for one in notifications}
    wanted = [[row["pk"] for row in rows if row["pk"] in kept] for rows in quarters]
    in_time = [sum(bool(kept[key]) for key in keys) for keys in wanted]
    shares = [
        100 * n // len(keys) if keys else None for n, keys in zip(in_time, wanted, strict=True)
    ]
    if not any(wanted):
        return []
    return [
        (_("To be notified"), [len(keys) for keys in wanted]),
        (_("Notified in time"), list(in_time)),
        (_("Percent"), list(shares)),
    ]
