"""The risks as other rooms show them: on an asset's page, and as what was foreseen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Model, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.core.ui.localised import day
from kommissorium.registers.menu import Part
from kommissorium.registers.offered import Foreseen
from kommissorium.risks.accepted import accepted_on
from kommissorium.risks.levels import lies_outside
from kommissorium.risks.models import (
    Acceptance,
    AcceptedRisk,
    Assessment,
    Band,
    RiskLevel,
    Scenario,
)

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


MOST_FORESEEN = 100  # of those that can be chosen: the greatest


def foreseen_risks(person: Person, assets: Sequence[int]) -> Iterator[Foreseen]:
    """Yield the risks of today that the person reads, those about the assets first; one query."""
    rows: Any = Scenario.objects.visible_to(person).in_force().select_related("assessment")
    order = ["-rank", "title_order", "pk"]
    if assets:
        links = Assessment.assets.through.objects.filter(asset__in=assets)
        about = Exists(links.filter(assessment=OuterRef("assessment")))
        rows = rows.alias(is_own=ExpressionWrapper(Q(about), output_field=BooleanField()))
        order.insert(0, "-is_own")
    for one in rows.order_by(*order)[:MOST_FORESEEN]:
        yield _foreseen(one)


def risks_as(person: Person, keys: Sequence[str]) -> Iterator[Foreseen]:
    """Yield of these the risks that the person reads: as they are assessed today, and those that
    are assessed no more as they were last; one query."""
    lineages = [key for key in map(lineage_of, keys) if key]
    rows = Scenario.objects.visible_to(person).filter(
        Q(is_in_force=True) | Q(assessment__in_force_to__isnull=False), lineage__in=lineages
    )
    order = ("is_in_force", "assessment__in_force_to", "pk")
    newest = {one.lineage: one for one in rows.select_related("assessment").order_by(*order)}
    yield from map(_foreseen, newest.values())


def _foreseen(risk: Scenario) -> Foreseen:
    """Return a risk by what stays the same from one assessment to the next."""
    label = f"{risk.title} ({risk.assessment.title})"
    if risk.assessment.in_force_to:
        until = _("assessed until %(day)s") % {"day": day(risk.assessment.in_force_to)}
        label = f"{label}, {until}"
    return Foreseen(str(risk.lineage), label, risk.get_absolute_url())


def lineage_of(key: str) -> UUID | None:
    """Return the lineage of the risk that the key names; None for another key."""
    try:
        return UUID(key)
    except ValueError:
        return None
