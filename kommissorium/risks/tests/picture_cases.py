"""Risks in force, written straight into the database, for the pictures and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from kommissorium.assets.models import Asset
from kommissorium.conftest import Cast
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    RiskLevel,
    Scale,
    Scenario,
)


def days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(days=number)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def scale_in_use() -> Scale:
    scale = Scale.in_use()
    assert scale is not None
    return scale


def assess(
    cast: Cast,
    title: str = "Vurdering",
    *,
    since: int | None = 10,
    until: int | None = None,
    assets: Sequence[Asset] = (),
    scale: Scale | None = None,
    **values: Any,
) -> Assessment:
    """Write an assessment in force from so many days ago until so many days ago.

    A draft where `since` is None.
    """
    now = timezone.now()
    fields = {
        "scope": Assessment.Scope.ASSETS if assets else Assessment.Scope.ORGANISATION,
        "title": title,
        "scale": scale or scale_in_use(),
        "assessed_on": days_ago(since or 0),
        "assessor": cast.coordinator,
        "created_by": cast.coordinator,
        "created_at": now,
        **values,
    }
    found = Assessment.objects.create(**fields)
    found.assets.set(assets)
    if since is not None:
        found.state, found.in_force_from = Assessment.State.APPROVED, days_ago(since)
        found.in_force_to = None if until is None else days_ago(until)
        found.save()
    return found


def risk(
    assessment: Assessment,
    cell: tuple[int, int] | None = (2, 2),
    left: tuple[int, int] | None = None,
    **values: Any,
) -> Scenario:
    """Write a risk; a cell is (consequence, likelihood), `left` what remains after treatment."""
    scale = assessment.scale
    fields: dict[str, Any] = {"group": "cyber", "title": "Ransomware", **values}
    if cell:
        fields |= {"consequence": cell[0], "likelihood": cell[1], "rank": scale.rank_of(*cell)}
    if left:
        fields |= {"residual_consequence": left[0], "residual_likelihood": left[1]}
        fields["residual_rank"] = scale.rank_of(*left)
    in_force = assessment.is_approved and assessment.in_force_to is None
    with put_back_in_draft(assessment):
        return Scenario.objects.create(assessment=assessment, is_in_force=in_force, **fields)


@contextmanager
def put_back_in_draft(assessment: Assessment) -> Iterator[None]:
    """Let a test write in what is approved, as if it had been written before the approval."""
    row = Assessment.objects.filter(pk=assessment.pk)
    since, until = assessment.in_force_from, assessment.in_force_to
    if not assessment.is_approved:
        yield
        return
    with without_trigger("risks_assessment", "keep_update"):
        row.update(state="draft", in_force_from=None, in_force_to=None)
        yield
        row.update(state="approved", in_force_from=since, in_force_to=until)


@contextmanager
def without_trigger(table: str, name: str) -> Iterator[None]:
    """Take a trigger away and put it back: the tables of a test are gone when it ends."""
    full = f"{table}_{name}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [full])
            (original,) = cursor.fetchone()
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {full}() RETURNS trigger LANGUAGE plpgsql "
                "AS $$ BEGIN RETURN NEW; END $$"
            )
            yield
        else:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [full])
            (original,) = cursor.fetchone()
            cursor.execute(f"DROP TRIGGER {full}")
            yield
        cursor.execute(original)


def level(
    cast: Cast,
    most: int = 2,
    *,
    group: str = "",
    since: int = 300,
    until: int | None = None,
    scale: Scale | None = None,
) -> RiskLevel:
    """Write a level that accepts the bands up to a rank."""
    scale = scale or scale_in_use()
    return RiskLevel.objects.create(
        year=days_ago(since).year,
        group=group,
        scale=scale,
        statement="Vi accepterer det lave.",
        cells=[[rank <= most for rank in row] for row in scale.cells],
        state=RiskLevel.State.APPROVED,
        in_force_from=days_ago(since),
        in_force_to=None if until is None else days_ago(until),
        made_by=cast.coordinator,
        made_at=noon(days_ago(since)),
    )


def accept(cast: Cast, *risks: Scenario, amount: int = 250_000, **values: Any) -> Acceptance:
    """Write an acceptance in force of the risks."""
    fields = {
        "reason": "Det koster mere at undgå.",
        "amount": amount,
        "measure_cost": 900_000,
        "budget_year": timezone.localdate().year,
        "expires_on": timezone.localdate() + timedelta(days=100),
        "capacity": "chair",
        "state": Acceptance.State.ACCEPTED,
        "proposed_by": cast.coordinator,
        "proposed_at": noon(days_ago(5)),
        "accepted_by": cast.chair,
        "accepted_at": noon(days_ago(4)),
        **values,
    }
    later = ("state", "accepted_by", "accepted_at", "ending", "ended_at", "ended_by")
    given = {name: fields.pop(name) for name in later if name in fields}
    found = Acceptance.objects.create(**fields)
    for one in risks:
        AcceptedRisk.objects.create(
            acceptance=found,
            scenario=one,
            lineage=one.lineage,
            likelihood=one.likelihood or 0,
            consequence=one.consequence or 0,
            rank=one.rank or 0,
        )
    for name, value in given.items():
        setattr(found, name, value)
    found.save()
    return found
