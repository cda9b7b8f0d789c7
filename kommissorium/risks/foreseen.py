"""The risks as what was foreseen, for what tells of what went wrong (registers.foreseen)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from kommissorium.accounts.models import Person
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
        yield Foreseen(str(one.pk), f"{one.title} ({one.assessment.title})", one.get_absolute_url())
