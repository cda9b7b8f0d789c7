"""Risks on an asset's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.registers.parts import Part
from kommissorium.risks.accepted import accepted_on
from kommissorium.risks.levels import lies_outside
from kommissorium.risks.models import Acceptance, AcceptedRisk, Assessment, Band, RiskLevel

SHOWN, MOST = 3, 1000
UNFINISHED = (Assessment.State.DRAFT, Assessment.State.PROPOSED)


@dataclass(frozen=True, slots=True)
class AssetRisk:
    """A scored risk of today's picture."""

    title: str
    url: str
    rank: int
    band: Band
    is_above: bool
    is_accepted: bool


def asset_part(asset: Asset, person: Person) -> dict[str, Any]:
    """Return what templates/risks/parts/asset.html needs (one query).

    Whoever reads an asset reads the assessments it is part of.
    """
    rows = _rows_of(asset)
    assessments = list({row.pk: row for row in rows}.values())
    scored = [_risk(row) for row in rows if row.is_risk and row.rank is not None]
    risks = sorted(scored, key=lambda one: (-one.rank, one.title))
    above = [one for one in risks if one.is_above]
    own = [one for one in assessments if one.scope == Assessment.Scope.ASSET]
    is_begun = any(not one.is_approved for one in own)
    may_assess = Assessment.can_be_made_by(person) or asset.has_owner(person)
    return {
        "asset": asset,
        "assessments": assessments,
        "risks": len(risks),
        "above": len(above),
        "unaccepted": sum(not one.is_accepted for one in above),
        "greatest": risks[:SHOWN],
        "may_assess": may_assess and not asset.is_over and not is_begun,
    }


def _rows_of(asset: Asset) -> list[Any]:
    """Return the assessments that hold or are unfinished, each once for every risk of it.

    Each row knows in `is_accepted` whether somebody accepts its risk today, and in `own_cells`
    and `common_cells` the levels of the risk's category and of every one without its own.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    standing = Q(in_force_from__isnull=False, in_force_to=None) | Q(state__in=UNFINISHED)
    given = Acceptance.objects.in_force_at(now, today).order_by()
    held = AcceptedRisk.objects.filter(lineage=OuterRef("scenarios__lineage"))
    level = RiskLevel.objects.in_force_on(today).order_by("-in_force_from", "-pk")
    names = ("rank", "consequence", "likelihood")
    rows = asset.assessments.filter(standing).annotate(
        **{name: F(f"scenarios__{name}") for name in names},
        risk=F("scenarios__pk"),
        risk_title=F("scenarios__title"),
        is_risk=F("scenarios__is_in_force"),
        is_accepted=Exists(held.filter(acceptance__in=given)),
        own_cells=level.filter(group=OuterRef("scenarios__group")).values("cells")[:1],
        common_cells=level.filter(group="").values("cells")[:1],
    )
    return list(rows.select_related("scale").order_by("-assessed_on", "-pk")[:MOST])


def _risk(row: Any) -> AssetRisk:
    cells = row.own_cells or row.common_cells
    is_above = bool(cells) and lies_outside(cells, row.scale.size, row.consequence, row.likelihood)
    url = reverse("risk", args=[row.risk])
    return AssetRisk(
        row.risk_title, url, row.rank, row.scale.band(row.rank), is_above, row.is_accepted
    )


def end_notices(subject: Model) -> Iterator[Part]:
    """Yield what of its risks is told before an asset ends: those that were accepted."""
    if isinstance(subject, Asset) and (accepted := accepted_on([subject.pk])):
        yield Part("risks/parts/asset_end.html", {"accepted": accepted})
