"""Counts of the risks: kept for today, and counted for any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Asset, Criticality, Kind
from kommissorium.measures.days import add_months
from kommissorium.measures.rules.risk_past import RiskCounts
from kommissorium.registers.counts import counts_of
from kommissorium.registers.numbers import count, percentage
from kommissorium.risks.levels import lies_outside
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    CellChange,
    CellCount,
    PlanAction,
    RiskLevel,
    Scenario,
)
from kommissorium.risks.models.plans import end_of

type Row = Mapping[str, Any]  # a cell, and how many risks lie in it
type Levels = Mapping[str, Sequence[Sequence[bool]]]  # the cells accepted, by category

SOON: Final = timedelta(days=30)
CRITICAL: Final = (Criticality.SOCIETY, Criticality.BUSINESS)
# Why a plan counts no more: it slipped, lies far ahead undecided, or is finished for long.
UNTREATED: Final = ("slipped", "far", "finished")
CELL: Final = ("scale__size", "group", "consequence", "likelihood")


INDICATORS: Final = {
    "above": count(
        _("Risks above the risk level"),
        "above",
        _("risks"),
        _("Risks that lie above the risk level in force."),
    ),
    "open": count(
        _("Risks above the level neither planned nor accepted"),
        "open",
        _("risks"),
        _("Risks above the risk level that have no plan that stands and that nobody has accepted."),
    ),
    "covered": percentage(
        _("Critical systems assessed within twelve months"),
        "covered",
        "critical",
        _("Of the critical systems: how many an approved assessment of the last year covers."),
    ),
    "assessed": percentage(
        _("Systems assessed within twelve months"),
        "covered",
        "systems",
        _("Of all systems in use: how many an approved assessment of the last year covers."),
        numbers=lambda day: _covered(day, Q(), "systems"),
    ),
}


def risk_counts() -> RiskCounts:
    """Return how the risks stand today, as kept."""
    return RiskCounts.of(timezone.localdate(), counts_of("risks"))


def count_risks(day: date) -> RiskCounts:
    """Count how the risks stand today, or stood when a past day ended."""
    is_today = day >= timezone.localdate()
    end = timezone.now() if is_today else end_of(day)
    levels = dict(RiskLevel.objects.in_force_on(day).values_list("group", "cells"))
    cells = _cells(day, is_today=is_today)
    given = _given(day, end).aggregate(sum=Sum("amount"))
    pictures = Assessment.objects.in_force_on(day).filter(scope=Assessment.Scope.ORGANISATION)
    picture = pictures.order_by("-in_force_from", "-pk").values("pk", "in_force_from").first()
    above = sum(row["number"] for row in cells if _is_above(row, levels))
    return RiskCounts(
        day=day,
        risks=sum(row["number"] for row in cells),
        above=above,
        **_treated_above(above, _treated(day, end, is_today=is_today), levels),
        kroner=given["sum"] or 0,
        **_covered(day, Q(criticality__in=CRITICAL), "critical"),
        organisation=picture["pk"] if picture else None,
        organisation_on=picture["in_force_from"] if picture else None,
    )


def _cells(day: date, *, is_today: bool) -> list[Row]:
    """Count the risks in each cell: today as the database keeps them, else from what changed."""
    if is_today:
        return list(CellCount.objects.filter(picture="before").values(*CELL, "number"))
    changes = CellChange.objects.filter(picture="before", day__lte=day).order_by()
    return list(changes.values(*CELL).annotate(sum=Sum("number")).values(*CELL, number=F("sum")))


def _treated_above(above: int, rows: Iterable[Row], levels: Levels) -> dict[str, int]:
    """Return what of the risks above the level is planned for or accepted, and what is not."""
    found: Counter[str] = Counter()
    for row in rows:
        if _is_above(row, levels):
            for name in ("planned", "accepted"):
                found[name] += row["number"] if row[name] else 0
            is_treated = row["planned"] or row["accepted"]
            why = next(name for name in UNTREATED if row[name]) if not is_treated else "now"
            found[why] += row["number"]
            found["soon"] += row["number"] if row["planned"] or row["accepted_soon"] else 0
    return {
        "planned": found["planned"],
        "accepted": found["accepted"],
        "open": above - found["now"],
        **{name: found[name] for name in UNTREATED},
        "lapsing": found["now"] - found["soon"],
    }


def _treated(day: date, end: datetime, *, is_today: bool) -> list[Row]:
    """Count the risks that have a plan, also one that counts no more, or an acceptance, by cell."""
    given = _given(day, end)
    longer = given.filter(expires_on__gte=day + SOON)
    plans = PlanAction.objects.order_by().as_on(day)
    means = {
        "planned": plans.standing(day).values("scenario__lineage"),
        "slipped": plans.slipped(day).values("scenario__lineage"),
        "far": plans.far(day).values("scenario__lineage"),
        "finished": plans.finished_long(day).values("scenario__lineage"),
        "accepted": AcceptedRisk.objects.filter(acceptance__in=given).values("lineage"),
        "accepted_soon": AcceptedRisk.objects.filter(acceptance__in=longer).values("lineage"),
    }
    has = {name: Q(lineage__in=lineages.order_by()) for name, lineages in means.items()}
    rows = Scenario.objects.in_force() if is_today else Scenario.objects.in_force_on(day)
    is_any = reduce(or_, (has[name] for name in ("planned", "accepted", *UNTREATED)))
    rows = rows.filter(is_any, rank__isnull=False).annotate(
        scale__size=F("assessment__scale__size"),
        **{name: Case(When(is_so, then=Value(1)), default=Value(0)) for name, is_so in has.items()},
    )
    return list(rows.order_by().values(*CELL, *has).annotate(number=Count("pk")))


def _given(day: date, end: datetime) -> QuerySet[Acceptance]:
    given: QuerySet[Acceptance] = Acceptance.objects.in_force_at(end, day).order_by()
    return given


def _covered(day: date, which: Q, name: str) -> dict[str, int]:
    """Count the systems of a kind under the name, and those of them assessed within a year."""
    fresh = Assessment.objects.in_force_on(day).filter(in_force_from__gt=add_months(day, -12))
    covering = Exists(fresh.filter(assets=OuterRef("pk")).order_by())
    found = Asset.objects.on(day).filter(which, kind=Kind.SYSTEM)
    numbers = {name: Count("pk"), "covered": Count("pk", filter=Q(covering))}
    return found.aggregate(**numbers)


def _is_above(row: Row, levels: Levels) -> bool:
    """Return whether a cell lies above the level, as levels.is_above says of one risk."""
    level = levels.get(row["group"]) or levels.get("")
    if level is None or not row["consequence"]:
        return False
    return lies_outside(level, row["scale__size"], row["consequence"], row["likelihood"])
