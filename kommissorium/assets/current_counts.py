"""Counts of the registers of assets: kept for today, of any day, and over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.assets.figures import COMPLETENESS
from kommissorium.assets.models import Agreement, Asked, Completeness
from kommissorium.assets.past_figures import completeness_on
from kommissorium.core.charts.lines import Line, Lines
from kommissorium.measures.rules.asset_past import AssetCounts
from kommissorium.registers.counts import counts_of
from kommissorium.registers.numbers import Indicator, count, percentage

INDICATORS: Final = {
    "without_owner": Indicator(
        gettext_lazy("Systems, data and archives without an owner"),
        lambda numbers: AssetCounts(date.min, **numbers).without_owner,
        gettext_lazy("without an owner"),
        gettext_lazy("Systems, data sets and archives in use of which nobody is the owner."),
    ),
    "without_data_owner": Indicator(
        gettext_lazy("Systems with personal data without a data owner"),
        lambda numbers: AssetCounts(date.min, **numbers).without_data_owner,
        gettext_lazy("systems"),
        gettext_lazy(
            "Systems that hold personal data, or are not classified, and have no data owner."
        ),
    ),
    "systems_owned": percentage(
        gettext_lazy("Systems that have an owner"),
        "systems_owned",
        "systems",
        gettext_lazy("Of the systems in use: how many have an owner."),
    ),
    "unclassified": count(
        gettext_lazy("Systems, data and archives that are not classified"),
        "unclassified",
        gettext_lazy("not classified"),
        gettext_lazy(
            "Systems, data sets and archives of which nobody has said how critical they are."
        ),
    ),
    "documents": percentage(
        gettext_lazy("Documents demanded that are there and current"),
        "current",
        "required",
        gettext_lazy("Of the documents that are demanded: how many are there and not out of date."),
    ),
    "guidelines": percentage(
        gettext_lazy("Owners who have read the guidelines"),
        "owners_read",
        "owners",
        gettext_lazy("Of the owners: how many have read the guidelines in force."),
    ),
    "oversight_overdue": count(
        gettext_lazy("Oversight of suppliers overdue"),
        "oversight_overdue",
        gettext_lazy("agreements"),
        gettext_lazy(
            "Agreements with suppliers whose next oversight should have been made by now."
        ),
    ),
}


def asset_counts() -> AssetCounts:
    """Return the counts of the registers today, as kept."""
    return AssetCounts(timezone.localdate(), **counts_of("assets"))


def count_assets(day: date) -> dict[str, int]:
    """Count the registers on the day: how complete they are, and what is awaited now."""
    whole = completeness_on(day)[0]
    answers = Asked.objects.filter(round__closed_at=None).aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False))
    )
    late = Agreement.objects.overdue(day)
    numbers = {name: getattr(whole, name) for name in COMPLETENESS}
    return {**numbers, **answers, "oversight_overdue": late.count()}


DAYS = 365
MONTHS_BETWEEN = 3  # marks on the axis


@dataclass(frozen=True)
class Trend:
    """The lines of the year, and the newest row of each month."""

    picture: Lines
    rows: Sequence[Completeness]


def trend_until(last: date, now: Completeness | None = None) -> Trend:
    """Return the year up to the day (one query); `now` stands for a day not kept yet."""
    first = last - timedelta(days=DAYS)
    found = Completeness.objects.filter(is_whole=True, day__gte=first, day__lte=last)
    rows = list(found.order_by("day"))
    if now is not None and now.assets and (not rows or rows[-1].day < now.day):
        rows.append(now)
    begins = rows[0].day if rows else first
    span = max((last - begins).days, 1)

    def place(day: date) -> float:
        return (day - begins).days / span

    picture = Lines(
        _("Completeness over time. The same figures stand in the table below."),
        [
            _line(_("Have an owner"), [row.owned_percent for row in rows]),
            _line(_("Documents in force"), [row.current_percent for row in rows]),
        ],
        [place(row.day) for row in rows],
        [(place(day), date_format(day, "M Y").lower()) for day in _quarters(begins, last)],
        unit="\N{NO-BREAK SPACE}%",
        most=100,
    )
    return Trend(picture, _of_months(rows))


def _line(name: str, values: Sequence[int | None]) -> Line:
    known = [value for value in values if value is not None]
    return Line(name, values, f"{known[-1]}\N{NO-BREAK SPACE}%" if known else "")


def _quarters(first: date, last: date) -> list[date]:
    """Return the first days of months between the two, not closer than a quarter in a year."""
    step = MONTHS_BETWEEN if (last - first).days > DAYS // 2 else 1
    months = range(first.year * 12 + first.month, last.year * 12 + last.month)
    days = [date(month // 12, month % 12 + 1, 1) for month in months]
    return [day for day in days if (day.month - 1) % step == 0]


def _of_months(rows: Sequence[Completeness]) -> list[Completeness]:
    """Return the last row of each month, the newest first."""
    newest = {(row.day.year, row.day.month): row for row in rows}
    return list(reversed(newest.values()))
