"""What an asset's page shows of its risks."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.risks.levels import lies_outside
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, RiskLevel, Scenario

SHOWN, MOST = 3, 500
UNFINISHED = (Assessment.State.DRAFT, Assessment.State.PROPOSED)


def asset_part(asset: Asset, person: Person) -> dict[str, Any]:
    """Return what templates/risks/parts/asset.html needs (two queries).

    Whoever reads an asset reads the assessments it is part of.
    """
    standing = Q(in_force_from__isnull=False, in_force_to=None) | Q(state__in=UNFINISHED)
    assessments = list(asset.assessments.filter(standing))
    risks = _risks_of(asset)
    above = [one for one in risks if _is_above(one)]
    own = [one for one in assessments if one.scope == Assessment.Scope.ASSET]
    is_begun = any(not one.is_approved for one in own)
    may_assess = Assessment.can_be_made_by(person) or asset.has_owner(person)
    return {
        "asset": asset,
        "assessments": assessments,
        "risks": len(risks),
        "above": len(above),
        "unaccepted": sum(not one.is_accepted for one in above),
        "greatest": [(one, one.assessment.scale.band(one.rank)) for one in risks[:SHOWN]],
        "may_assess": may_assess and not asset.is_over and not is_begun,
    }


def _risks_of(asset: Asset) -> list[Any]:
    """Return the scored risks of today's picture of an asset, the greatest first.

    Each knows in `is_accepted` whether somebody accepts it today, and in `own_cells` and
    `common_cells` the levels of its category and of every one without its own.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    given = Acceptance.objects.in_force_at(now, today).order_by()
    held = AcceptedRisk.objects.filter(lineage=OuterRef("lineage"), acceptance__in=given)
    level = RiskLevel.objects.in_force_on(today).order_by("-in_force_from", "-pk")
    rows = Scenario.objects.in_force().filter(assessment__assets=asset, rank__isnull=False)
    rows = rows.annotate(
        is_accepted=Exists(held),
        own_cells=level.filter(group=OuterRef("group")).values("cells")[:1],
        common_cells=level.filter(group="").values("cells")[:1],
    )
    rows = rows.select_related("assessment__scale")
    return list(rows.order_by("-rank", "title", "pk")[:MOST])


def _is_above(risk: Any) -> bool:
    cells = risk.own_cells or risk.common_cells
    if cells is None:
        return False
    return lies_outside(cells, risk.assessment.scale.size, risk.consequence, risk.likelihood)
