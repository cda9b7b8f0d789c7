"""The risks as what was foreseen, for what tells of what went wrong (registers.foreseen)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import day
from kommissorium.registers.foreseen import Foreseen
from kommissorium.risks.models import Assessment, Scenario

MOST = 100  # of those that can be chosen: the greatest


def foreseen_risks(person: Person, assets: Sequence[int]) -> Iterator[Foreseen]:
    """Yield the risks of today that the person reads, those about the assets first; one query."""
    rows: Any = Scenario.objects.visible_to(person).in_force().select_related("assessment")
    order = ["-rank", "title_order", "pk"]
    if assets:
        links = Assessment.assets.through.objects.filter(asset__in=assets)
        about = Exists(links.filter(assessment=OuterRef("assessment")))
        rows = rows.alias(is_own=ExpressionWrapper(Q(about), output_field=BooleanField()))
        order.insert(0, "-is_own")
    for one in rows.order_by(*order)[:MOST]:
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
