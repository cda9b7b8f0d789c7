"""Incidents in numbers, and the log of personal data breaches (GDPR art. 33(5)).

The figures are of all cases and the same for everybody who reads them: they name no case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Answer
from kommissorium.core.documents import Column, Sheet
from kommissorium.core.documents.excel import Value
from kommissorium.incidents.clocks import noted_moments
from kommissorium.incidents.models import Incident, Nature, Notification, Type
from kommissorium.incidents.signals import TO_AUTHORITY
from kommissorium.measures.periods import Quarter
from kommissorium.measures.shares import share
from kommissorium.registers.documents.record import Section, in_words, sections_pdf
from kommissorium.registers.numbers import Trend
from kommissorium.registers.periods import quarters_until

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
        share(n, len(keys)) if keys else None for n, keys in zip(in_time, wanted, strict=True)
    ]
    if not any(wanted):
        return []
    return [
        (_("To be notified"), [len(keys) for keys in wanted]),
        (_("Notified in time"), list(in_time)),
        (_("Per cent"), list(shares)),
    ]


def breaches(person: Person) -> list[Incident]:
    """Return the breaches that the person reads, reported to the authority or not."""
    rows = Incident.objects.visible_to(person).incidents().filter(is_breach=Answer.YES)
    many = ("notifications", "awareness", "assets")
    return list(rows.prefetch_related(*many).order_by("year", "number"))


def breach_sheet(found: Iterable[Incident]) -> Sheet:
    """Return the log. It holds no names of persons."""
    texts = (_("Case"), _("What happened"), _("Systems and data"))
    moments = (_("Began"), _("Discovered"), _("Known since, as first noted"), _("Known since"))
    whom = (_("Persons concerned"), _("Kinds of personal data"), _("Effects"), _("Remedy"))
    told = (_("Receipt number"), _("Why it was late, or was not sent"))
    return Sheet(
        _("Personal data breaches"),
        [
            *(Column(one) for one in texts),
            *(Column(one, kind="moment") for one in moments),
            Column(_("Reason for the change")),
            Column(_("Number of persons"), kind="number"),
            *(Column(one) for one in whom),
            Column(_("Authority told at"), kind="moment"),
            Column(_("Noted"), kind="moment"),
            *(Column(one) for one in told),
            Column(_("Persons told at"), kind="moment"),
            Column(_("Why they were not told")),
        ],
        _lines(found),
    )


def breach_pdf(found: Sequence[Incident]) -> bytes:
    """Return the log as a document: a table of each breach, of what is known."""
    sheet, title = breach_sheet(found), _("Personal data breaches")
    sections = [
        Section(
            f"{one.case_number} {one.title}",
            "",
            (_("What"), _("How it was")),
            [
                (str(column.heading), in_words(value))
                for column, value in zip(sheet.columns, row, strict=True)
                if value not in (None, "")
            ],
            (3, 7),
        )
        for one, row in zip(found, sheet.rows, strict=True)
    ]
    said = _("Facts, effects and remedy of each, reported to the authority or not.")
    return sections_pdf(title, said, sections, made_at=timezone.localtime())


def _lines(found: Iterable[Incident]) -> Iterator[Sequence[Value]]:
    cases = list(found)
    noted = noted_moments(*(one.pk for one in cases))
    for one in cases:
        rows = {row.code: row for row in one.notifications.all()}
        known = [row for row in one.awareness.all() if row.law == "gdpr"]
        first = next((row for row in known if row.is_first), None)
        moved = next((row for row in reversed(known) if row.is_agreed), None)
        counting = moved or first
        yield (
            *(one.case_number, one.title, ", ".join(asset.name for asset in one.assets.all())),
            *(one.happened_at, one.discovered_at, first.at if first else None),
            *(counting.at if counting else None, moved.because if moved else ""),
            *(one.persons, one.person_groups, one.data_groups, one.effects, one.remedy),
            *_told(rows.get(TO_AUTHORITY), noted.get((one.pk, TO_AUTHORITY))),
            *_told(rows.get("gdpr_34"))[::3],
        )


def _told(row: Notification | None, noted: datetime | None = None) -> tuple[Value, ...]:
    """Return when something was sent, when that was noted, its receipt, and why it was late or
    not sent."""
    return (row.sent_at, noted, row.receipt, row.reason) if row else (None, None, "", "")
