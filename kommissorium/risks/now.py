"""How the risks stand on a day, as rows that one question can ask together with others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, TextField, Value, When
from django.db.models.functions import JSONObject, TruncDate
from django.utils import timezone

from kommissorium.assets.models import Asset, Criticality, Kind
from kommissorium.meetings.planning import add_months
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
from kommissorium.tasks.models import Task

type Row = tuple[str, Mapping[str, Any]]  # what it tells of, and its values

SOON: Final = timedelta(days=30)
CRITICAL: Final = (Criticality.SOCIETY, Criticality.BUSINESS)
LEVEL, CELL, LOOKED_AFTER = "level", "cell", "looked_after"
ACCEPTED, SYSTEMS, ORGANISATION = "accepted", "systems", "organisation"


@dataclass(frozen=True, slots=True)
class RiskStanding:
    """The risks of the municipality as they were when `day` ended, or are today.

    Of those `above` the level some have a plan, some are accepted, some both; `open` have
    neither, and `lapsing` will have neither within 30 days. `kroner` is what is accepted in all.
    `critical` systems are `covered` by an approved assessment of the last twelve months; the
    newest of the whole `organisation` (its key) is in force since `organisation_on`.
    """

    day: date
    risks: int = 0
    above: int = 0
    planned: int = 0
    accepted: int = 0
    open: int = 0
    lapsing: int = 0
    kroner: int = 0
    critical: int = 0
    covered: int = 0
    organisation: int | None = None
    organisation_on: date | None = None


def standing_rows(day: date) -> list[QuerySet[Any, Any]]:
    """Return the questions whose rows, all together, tell how the risks stand on the day."""
    is_today = day >= timezone.localdate()
    end = timezone.now() if is_today else _end_of(day)
    return [
        _row(LEVEL, RiskLevel.objects.in_force_on(day), group="group", cells="cells"),
        _cells(day, is_today=is_today),
        _looked_after(day, end, is_today=is_today),
        _row(
            ACCEPTED,
            _given(day, end).values("budget_year").annotate(sum=Sum("amount")),
            kroner="sum",
        ),
        _systems(day),
        _row(
            ORGANISATION,
            Assessment.objects.in_force_on(day).filter(scope=Assessment.Scope.ORGANISATION),
            key="pk",
            since="in_force_from",
        ),
    ]


def standing_of(day: date, rows: Iterable[Row]) -> RiskStanding:
    """Return how the risks stand from the rows of standing_rows; others are passed over."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for kind, values in rows:
        found.setdefault(kind, []).append(values)
    levels = {row["group"]: _matrix(row["cells"]) for row in found.get(LEVEL, [])}
    above = sum(row["number"] for row in found.get(CELL, []) if _is_above(row, levels))
    kept: Counter[str] = Counter()
    for row in found.get(LOOKED_AFTER, []):
        if _is_above(row, levels):
            for name in ("planned", "accepted"):
                kept[name] += row["number"] if row[name] else 0
            kept["now"] += row["number"]
            kept["soon"] += row["number"] if row["planned"] or row["accepted_soon"] else 0
    pictures = [(row["since"], row["key"]) for row in found.get(ORGANISATION, [])]
    since, key = max(pictures, default=(None, None))
    systems = found.get(SYSTEMS, [])
    return RiskStanding(
        day=day,
        risks=sum(row["number"] for row in found.get(CELL, [])),
        above=above,
        planned=kept["planned"],
        accepted=kept["accepted"],
        open=above - kept["now"],
        lapsing=kept["now"] - kept["soon"],
        kroner=sum(row["kroner"] for row in found.get(ACCEPTED, [])),
        critical=sum(row["all"] for row in systems),
        covered=sum(row["covered"] for row in systems),
        organisation=key,
        organisation_on=date.fromisoformat(since) if since else None,
    )


def risk_standing(day: date) -> RiskStanding:
    """Return how the risks stand today, or stood when a day gone by ended (one query)."""
    first, *others = standing_rows(day)
    return standing_of(day, first.union(*others, all=True).order_by())


def _row(kind: str, rows: QuerySet[Any, Any], **fields: str) -> QuerySet[Any, Any]:
    told = rows.order_by().annotate(_told=Value(kind, TextField()), _row=JSONObject(**fields))
    found: QuerySet[Any, Any] = told.values_list("_told", "_row")
    return found


def _cells(day: date, *, is_today: bool) -> QuerySet[Any, Any]:
    names = {"size": "scale__size", "group": "group", "consequence": "consequence"}
    names |= {"likelihood": "likelihood", "number": "number"}
    if is_today:
        return _row(CELL, CellCount.objects.filter(picture="before"), **names)
    changes = CellChange.objects.filter(picture="before", day__lte=day)
    cell = ("scale__size", "group", "consequence", "likelihood")
    counted = changes.order_by().values(*cell).annotate(sum=Sum("number"))
    return _row(CELL, counted, **{**names, "number": "sum"})


def _looked_after(day: date, end: datetime, *, is_today: bool) -> QuerySet[Any, Any]:
    """Ask how many risks have a plan or an acceptance, by cell and by which of them."""
    given = _given(day, end)
    means = {
        "planned": _plans(end).values("scenario__lineage"),
        "accepted": AcceptedRisk.objects.filter(acceptance__in=given).values("lineage"),
        "accepted_soon": AcceptedRisk.objects.filter(
            acceptance__in=given.filter(expires_on__gte=day + SOON)
        ).values("lineage"),
    }
    rows = Scenario.objects.in_force() if is_today else Scenario.objects.in_force_on(day)
    has = {name: Q(lineage__in=lineages.order_by()) for name, lineages in means.items()}
    rows = rows.filter(has["planned"] | has["accepted"], rank__isnull=False).annotate(
        **{name: Case(When(is_so, then=Value(1)), default=Value(0)) for name, is_so in has.items()}
    )
    names = {"size": "assessment__scale__size", **{name: name for name in has}}
    names |= {name: name for name in ("group", "consequence", "likelihood")}
    counted = rows.order_by().values(*names.values()).annotate(number=Count("pk"))
    return _row(LOOKED_AFTER, counted, **names, number="number")


def _plans(end: datetime) -> QuerySet[PlanAction]:
    """Return the actions that stood then: neither dropped nor said to be impossible by then.

    One that was done counts until its risk has been assessed anew: what is above the level even
    so needs another.
    """
    dropped = Q(task__state=Task.State.DROPPED, task__dropped_at__lte=end)
    made = PlanAction.objects.filter(task__created_at__lte=end).exclude(dropped)
    standing = made.filter(Q(impossible_at=None) | Q(impossible_at__gt=end))
    done = Q(task__state=Task.State.DONE, task__done_at__lte=end)
    later = Assessment.objects.in_force_on(timezone.localdate(end)).filter(
        scenarios__lineage=OuterRef("scenario__lineage"), in_force_from__gt=OuterRef("done_on")
    )
    marked = standing.annotate(done_on=TruncDate("task__done_at"))
    return marked.exclude(done & Exists(later.order_by()))


def _given(day: date, end: datetime) -> QuerySet[Acceptance]:
    given: QuerySet[Acceptance] = Acceptance.objects.in_force_at(end, day).order_by()
    return given


def _systems(day: date) -> QuerySet[Any, Any]:
    fresh = Assessment.objects.in_force_on(day).filter(in_force_from__gt=add_months(day, -12))
    covering = Exists(fresh.filter(assets=OuterRef("pk")).order_by())
    critical = Asset.objects.on(day).filter(kind=Kind.SYSTEM, criticality__in=CRITICAL)
    marked = critical.annotate(_in=Case(When(covering, then=Value(1)), default=Value(0)))
    counted = marked.order_by().values("kind").annotate(number=Count("pk"), sum=Sum("_in"))
    return _row(SYSTEMS, counted, all="number", covered="sum")


def _is_above(row: Mapping[str, Any], levels: Mapping[str, Sequence[Sequence[bool]]]) -> bool:
    """Return whether a cell lies above the level, as levels.is_above says of one risk."""
    level = levels.get(row["group"]) or levels.get("")
    if level is None or not row["consequence"]:
        return False
    return lies_outside(level, row["size"], row["consequence"], row["likelihood"])


def _matrix(cells: Any) -> Sequence[Sequence[bool]]:
    # SQLite gives what is JSON within JSON as text.
    found: Sequence[Sequence[bool]] = json.loads(cells) if isinstance(cells, str) else cells
    return found


def _end_of(day: date) -> datetime:
    after = datetime.combine(day + timedelta(days=1), time())
    return timezone.make_aware(after) - timedelta(microseconds=1)
