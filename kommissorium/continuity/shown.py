"""What plans of services show of the standards: that it is laid down how work goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from kommissorium.continuity.models import ContinuityPlan
from kommissorium.continuity.plan import PLAN
from kommissorium.registers.requirements import Says, Shown

REQUIREMENTS: Final = ("ISO 27002 5.29", "ISO 27002 5.30", "NIS 2 § 6 nr. 3")


def shown_by_plans(day: date) -> Iterator[Shown]:
    """Yield the plans in force, each until its review (one query)."""
    rows = ContinuityPlan.objects.in_force_on(day).filter(service__is_retired=False)
    for one in rows.select_related(*PLAN.related).order_by("service__title", "pk"):
        key, title, link = f"{PLAN.kind}:{one.pk}", PLAN.title_of(one), one.get_absolute_url()
        since, until = one.in_force_from, one.review_by
        yield Shown(key, title, link, Says.LAID_DOWN, since, until, REQUIREMENTS)
