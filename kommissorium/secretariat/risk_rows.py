"""What the items about risks of an agenda are about, as rows that one question asks together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Case, Q, QuerySet, TextField, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    PlanAction,
    RiskLevel,
    Scale,
    Scenario,
)
from kommissorium.secretariat.risk_news import running_out, slipping
from kommissorium.tasks.models import Task

type Row = Mapping[str, Any]
type Scales = Mapping[int, Scale]

ASSESSMENT: Final = "risks.assessment"
LEVEL: Final = "risks.risklevel"
ACCEPTANCE: Final = "risks.acceptance"
EXPIRING: Final = "risks.expiring"
SLIPPED: Final = "risks.slipped"
KINDS: Final = (ASSESSMENT, LEVEL, ACCEPTANCE, EXPIRING, SLIPPED)

# The kinds of row, and what is asked of each.
SCALE, RISK, ACCEPTED, OF_LEVEL, ACTION = (
    *("subject_scale", "subject_risk", "subject_accepted", "subject_level", "subject_action"),
)
TEXTS: Final = ("likelihoods", "consequences", "bands", "cells")
SCORES: Final = (
    *("title", "group", "rank", "consequence", "likelihood", "residual_rank"),
    *("residual_consequence", "residual_likelihood"),
)
CELL: Final = ("rank", "consequence", "likelihood")
TERMS: Final = ("amount", "budget_year", "expires_on", "state", "ending", "ended_at", "capacity")


@dataclass
class Subjects:
    """What the items are about. The objects are for showing: they hold what is shown alone.

    `running_out` are those of `accepted` whose acceptance runs out.
    """

    risks: list[Scenario] = field(default_factory=list)
    accepted: list[AcceptedRisk] = field(default_factory=list)
    running_out: list[AcceptedRisk] = field(default_factory=list)
    levels: list[RiskLevel] = field(default_factory=list)
    actions: list[PlanAction] = field(default_factory=list)


def subject_rows(items: Iterable[AgendaItem], meeting: Meeting) -> list[QuerySet[Any, Any]]:
    """Return the questions whose rows, all together, tell what the items are about."""
    keys: dict[str, list[Any]] = {}
    for item in items:
        if item.subject_kind in KINDS:
            keys.setdefault(item.subject_kind, []).append(item.subject_id)
    today = timezone.localdate()
    rows = [_actions(meeting, today)] if SLIPPED in keys else []
    if keys.keys() - {SLIPPED}:
        rows += [
            _told(SCALE, Scale.objects.all(), _own("pk", "name", "size", *TEXTS)),
            _risks(keys.get(ASSESSMENT, [])),
            _accepted(keys, meeting, today),
            _levels(keys.get(LEVEL, []), today),
        ]
    return rows


def subjects_of(rows: Iterable[tuple[str, Row]]) -> Subjects:
    """Return what the items are about from the rows of subject_rows; others are passed over."""
    told: dict[str, list[Row]] = {}
    for kind, row in rows:
        told.setdefault(kind, []).append(row)
    scales = {row["pk"]: _scale(row) for row in told.get(SCALE, [])}
    order = sorted(told.get(ACCEPTED, []), key=lambda row: (row["expires_on"], row["pk"]))
    accepted = [(_accepted_risk(row, scales), row["runs_out"]) for row in order]
    levels = [_level(row, scales) for row in told.get(OF_LEVEL, [])]
    actions = [_action(row) for row in told.get(ACTION, [])]
    return Subjects(
        risks=[_risk(row, scales) for row in told.get(RISK, [])],
        accepted=[risk for risk, _runs_out in accepted],
        running_out=[risk for risk, runs_out in accepted if runs_out],
        levels=sorted(levels, key=lambda one: (one.in_force_from or date.max, one.pk)),
        actions=sorted(actions, key=lambda one: (one.task.due, one.pk)),
    )


def _told(kind: str, rows: QuerySet[Any], names: Mapping[str, str]) -> QuerySet[Any, Any]:
    told = rows.order_by().annotate(_told=Value(kind, TextField()), _row=JSONObject(**names))
    rows_told: QuerySet[Any, Any] = told.values_list("_told", "_row")
    return rows_told


def _own(*names: str, through: str = "") -> dict[str, str]:
    """Return which field each name of a row is, `through` a foreign key where one is given."""
    return {name: f"{through}__{name}" if through else name for name in names}


def _risks(keys: Sequence[Any]) -> QuerySet[Any, Any]:
    names = _own("pk", "lineage", "treatment", "assessment", *SCORES)
    names |= {"owner": "owner__name", "scale": "assessment__scale", "state": "assessment__state"}
    return _told(RISK, Scenario.objects.filter(assessment__in=keys), names)


def _accepted(
    keys: Mapping[str, Sequence[Any]], meeting: Meeting, today: date
) -> QuerySet[Any, Any]:
    live = Acceptance.objects.live_on(today).order_by().values("pk")
    of_risks = Scenario.objects.filter(assessment__in=keys.get(ASSESSMENT, [])).order_by()
    wanted = Q(acceptance__in=keys.get(ACCEPTANCE, []))
    wanted |= Q(lineage__in=of_risks.values("lineage"), acceptance__in=live)
    runs_out = Q(pk__in=running_out(meeting).order_by().values("pk"))
    if EXPIRING in keys:
        wanted |= runs_out
    marked = AcceptedRisk.objects.filter(wanted).annotate(
        _out=Case(When(runs_out, then=Value(1)), default=Value(0))
    )
    names = _own(*TERMS, through="acceptance") | _own(*SCORES, through="scenario")
    names |= _own("pk", "lineage", "acceptance", "scenario")
    names |= {"risk_rank": "rank", "runs_out": "_out", "scale": "scenario__assessment__scale"}
    names |= {"by": "acceptance__accepted_by__name", "asked": "acceptance__proposed_by__name"}
    return _told(ACCEPTED, marked, names)


def _levels(keys: Sequence[Any], today: date) -> QuerySet[Any, Any]:
    holding = RiskLevel.objects.in_force_on(today).order_by().values("pk")
    rows = RiskLevel.objects.filter(Q(pk__in=keys) | Q(pk__in=holding))
    names = _own("pk", "group", "cells", "state", "scale", "in_force_from", "in_force_to")
    return _told(OF_LEVEL, rows, names)


def _actions(meeting: Meeting, today: date) -> QuerySet[Any, Any]:
    names = _own("pk", "scenario", "first_due", "impossible_because", "impossible_at")
    names |= {"title": "task__title", "due": "task__due", "state": "task__state"}
    names |= {"owner": "task__owner__name", "risk": "scenario__title"}
    return _told(ACTION, slipping(meeting, today), names)


def _scale(row: Row) -> Scale:
    # SQLite gives what is JSON within JSON as text.
    texts = {name: _read(row[name]) for name in TEXTS}
    return Scale(pk=row["pk"], name=row["name"], size=row["size"], **texts)


def _risk(row: Row, scales: Scales) -> Scenario:
    assessment = Assessment(
        pk=row.get("assessment"), scale=scales[row["scale"]], state=row.get("state", "")
    )
    owner = Person(name=row["owner"]) if row.get("owner") else None
    return Scenario(
        pk=row["pk"],
        lineage=UUID(row["lineage"]),
        assessment=assessment,
        owner=owner,
        treatment=row.get("treatment", ""),
        **_scores(row),
    )


def _scores(row: Row) -> dict[str, Any]:
    """Return the scores; where nothing is said of what is left, today's risk is left."""
    scores = {name: row[name] for name in SCORES}
    if scores["residual_rank"] is None:
        scores |= {f"residual_{name}": scores[name] for name in CELL}
    return scores


def _accepted_risk(row: Row, scales: Scales) -> AcceptedRisk:
    terms = {name: row[name] for name in TERMS} | {"expires_on": _day(row["expires_on"])}
    by = Person(name=row["by"]) if row["by"] else None
    acceptance = Acceptance(
        pk=row["acceptance"], accepted_by=by, proposed_by=Person(name=row["asked"]), **terms
    )
    of_risk = {**row, "pk": row["scenario"], "assessment": None, "state": ""}
    return AcceptedRisk(
        pk=row["pk"],
        acceptance=acceptance,
        scenario=_risk(of_risk, scales),
        lineage=UUID(row["lineage"]),
        rank=row["risk_rank"],
    )


def _level(row: Row, scales: Scales) -> RiskLevel:
    return RiskLevel(
        pk=row["pk"],
        group=row["group"],
        scale=scales[row["scale"]],
        cells=_read(row["cells"]),
        state=row["state"],
        in_force_from=_day(row["in_force_from"]),
        in_force_to=_day(row["in_force_to"]),
    )


def _action(row: Row) -> PlanAction:
    owner = Person(name=row["owner"])
    due, promised = (date.fromisoformat(row[name]) for name in ("due", "first_due"))
    task = Task(title=row["title"], owner=owner, due=due, state=row["state"])
    return PlanAction(
        pk=row["pk"],
        scenario=Scenario(pk=row["scenario"], title=row["risk"]),
        task=task,
        first_due=promised,
        impossible_because=row["impossible_because"],
        impossible_at=row["impossible_at"],
    )


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value[:10]) if value else None
