"""Content of the record of an assessment that is frozen when it is approved."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from kommissorium.meetings.models import Decision
from kommissorium.registers.decided_changes import changed_by
from kommissorium.risks.levels import levels_on
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, Scale, Scenario
from kommissorium.risks.scoring import ALL_DIMENSIONS


def content_of(
    assessment: Assessment, *, decision: Decision | None = None, on: date | None = None
) -> dict[str, Any]:
    """Return all an assessment says: its head, scale, matrices, risks and totals.

    Before it is approved there is no decision and no day from which it holds.
    """
    rows = list(assessment.scenarios.select_related("owner", "threat"))
    level = levels_on(on or timezone.localdate()).get("")
    rows.sort(key=lambda row: (-(row.rank or 0), -(row.residual_rank or 0), row.position, row.pk))
    return {
        **_head(assessment),
        "decision": _decision(decision) if decision else None,
        "in_force_from": on.isoformat() if on else None,
        "scale": _scale(assessment.scale),
        "level": {"year": level.year, "acceptable": level.cells} if level else None,
        "before": _cells(rows, "consequence", "likelihood"),
        "after": _cells(rows, "residual_consequence", "residual_likelihood"),
        "risks": [_risk(row) for row in rows],
        "totals": _totals(assessment, rows),
    }


def accepted_kroner(rows: list[Scenario]) -> int:
    """Return what is accepted of these risks today, in whole kroner."""
    now = timezone.now()
    holding = Acceptance.objects.in_force_at(now, timezone.localdate(now))
    of_rows = AcceptedRisk.objects.filter(lineage__in=[row.lineage for row in rows])
    found = holding.filter(pk__in=of_rows.values("acceptance"))
    total: int | None = found.aggregate(total=Sum("amount"))["total"]
    return total or 0


def _head(assessment: Assessment) -> dict[str, Any]:
    assets = assessment.assets.select_related("area").order_by("name", "pk")
    return {
        "title": assessment.title,
        "scope": assessment.scope,
        "assets": [{"asset": one.pk, "kind": one.kind, "name": one.name} for one in assets],
        "area": assessment.area.name if assessment.area else "",
        "process": assessment.process,
        "assessed_on": assessment.assessed_on.isoformat(),
        "assessor": assessment.assessor.name,
        "participants": [one.name for one in assessment.participants.order_by("name", "pk")],
        "others": assessment.others,
        "summary": assessment.summary,
        "committee": assessment.committee.name if assessment.committee else "",
    }


def _decision(decision: Decision) -> dict[str, Any]:
    changes = changed_by(decision)
    said = {"number": decision.number, "title": decision.title}
    return {**said, "changes": changes} if changes else said


def _scale(scale: Scale) -> dict[str, Any]:
    return {
        "family": scale.family,
        "version": scale.version,
        "name": scale.name,
        "likelihoods": scale.likelihoods,
        "consequences": scale.consequences,
        "bands": scale.bands,
        "cells": scale.cells,
    }


def _cells(rows: list[Scenario], consequence: str, likelihood: str) -> list[list[int]]:
    """Return [consequence, likelihood, number] of each cell that has risks."""
    at = ((getattr(row, consequence), getattr(row, likelihood)) for row in rows)
    return [
        [*cell, number] for cell, number in sorted(Counter(c for c in at if None not in c).items())
    ]


def _risk(row: Scenario) -> dict[str, Any]:
    names = ("consequence", "rank", "residual_likelihood", "residual_consequence", "residual_rank")
    texts = ("group", "title", "description", "measures", "treatment", "treatment_note")
    return {
        "lineage": str(row.lineage),
        **{name: getattr(row, name) for name in texts},
        "likelihood": row.likelihood,
        "dimensions": {name: getattr(row, name) for name in ALL_DIMENSIONS},
        **{name: getattr(row, name) for name in names},
        "owner": row.owner.name if row.owner else "",
    }


def _totals(assessment: Assessment, rows: list[Scenario]) -> dict[str, Any]:
    ranks = range(1, len(assessment.scale.bands) + 1)
    return {
        "risks": len(rows),
        "before": [sum(row.rank == rank for row in rows) for rank in ranks],
        "after": [sum(row.residual_rank == rank for row in rows) for rank in ranks],
        "accepted_kroner": accepted_kroner(rows),
    }
