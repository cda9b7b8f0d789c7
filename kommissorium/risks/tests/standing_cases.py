"""Assessments in force, levels, plans and acceptances, written straight into the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from kommissorium.assets.models import Asset
from kommissorium.conftest import Cast
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    PlanAction,
    RiskLevel,
    Scale,
    Scenario,
)
from kommissorium.tasks.actions import give_task

type Cell = tuple[str, int, int]  # category, consequence, likelihood


def today() -> date:
    return timezone.localdate()


def assess(
    cast: Cast,
    cells: Sequence[Cell],
    *,
    scope: str = "organisation",
    assets: Sequence[Asset] = (),
    since: int = 10,
    scale: Scale | None = None,
) -> list[Scenario]:
    """Write an assessment that has been in force for so many days; return its risks."""
    begun = today() - timedelta(days=since)
    scale = scale or Scale.in_use()
    assert scale
    made = Assessment.objects.create(
        scope=scope,
        title="Kommunen",
        scale=scale,
        assessed_on=begun,
        assessor=cast.coordinator,
        created_by=cast.coordinator,
        created_at=timezone.now(),
    )
    made.assets.set(assets)
    rows = Scenario.objects.bulk_create(
        Scenario(
            assessment=made,
            group=group,
            title=f"Risiko {number}",
            consequence=consequence,
            likelihood=likelihood,
            rank=scale.rank_of(consequence, likelihood),
            lineage=uuid4(),
            owner=cast.system_owner,
        )
        for number, (group, consequence, likelihood) in enumerate(cells)
    )
    put_in_force(made, begun)
    return rows


def put_in_force(assessment: Assessment, begun: date) -> None:
    Assessment.objects.filter(pk=assessment.pk).update(state="approved", in_force_from=begun)
    Scenario.objects.filter(assessment=assessment).update(is_in_force=True)


def level(
    cast: Cast,
    accepts: int,
    *,
    group: str = "",
    since: int = 20,
    scale: Scale | None = None,
    year: int | None = None,
) -> RiskLevel:
    """Write a level in force that accepts the cells whose steps add up to no more than that."""
    scale = scale or Scale.in_use()
    assert scale
    steps = range(1, scale.size + 1)
    return RiskLevel.objects.create(
        year=year or today().year,
        group=group,
        scale=scale,
        statement="Vi lever med det grønne.",
        cells=[[c + likely <= accepts for likely in steps] for c in steps],
        state="approved",
        in_force_from=today() - timedelta(days=since),
        made_by=cast.coordinator,
        made_at=timezone.now(),
    )


def plan_for(cast: Cast, risk: Scenario, days: int = 30) -> PlanAction:
    due = today() + timedelta(days=days)
    task = give_task(by=cast.coordinator, title="Gør noget", owner=cast.system_owner, due=due)
    return PlanAction.objects.create(scenario=risk, task=task, first_due=due)


def accept_until(
    cast: Cast, risks: Sequence[Scenario], days: int, amount: int = 100_000
) -> Acceptance:
    """Write an acceptance given a minute ago that holds so many days more."""
    given = Acceptance.objects.create(
        reason="Det er billigst",
        amount=amount,
        measure_cost=900_000,
        budget_year=today().year,
        expires_on=today() + timedelta(days=days),
        capacity="chair",
        proposed_by=cast.coordinator,
        proposed_at=timezone.now() - timedelta(minutes=2),
    )
    AcceptedRisk.objects.bulk_create(
        AcceptedRisk(
            acceptance=given,
            scenario=one,
            lineage=one.lineage,
            likelihood=one.likelihood or 0,
            consequence=one.consequence or 0,
            rank=one.rank or 0,
        )
        for one in risks
    )
    given.state, given.accepted_by = Acceptance.State.ACCEPTED, cast.chair
    given.accepted_at = timezone.now() - timedelta(minutes=1)
    given.save()
    return given
