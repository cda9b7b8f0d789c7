"""Which owners have confirmed reading a version of the guidelines, and which have not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from kommissorium.accounts.models import danish_order
from kommissorium.assets.current_counts import owners_of_today
from kommissorium.assets.models import Guideline, GuidelineReading


@dataclass(frozen=True)
class Numbers:
    """How many owners there are, and how many of them have confirmed."""

    owners: int
    read: int

    @property
    def lacking(self) -> int:
        return self.owners - self.read


def readers_of(guideline: Guideline, day: date, *, lacking: bool = False) -> QuerySet[Any]:
    """Return the owners of the day by name with `read_at`, None for who has not confirmed.

    With `lacking` only those who have not.
    """
    readings = GuidelineReading.objects.filter(guideline=guideline, person=OuterRef("pk"))
    owners = owners_of_today(day).annotate(read_at=Subquery(readings.values("at")[:1]))
    found = owners.filter(read_at=None) if lacking else owners
    return found.order_by(danish_order("name"), "pk")


def count_readers(guideline: Guideline, day: date) -> Numbers:
    """Return how far the owners of the day are; one query."""
    counted = (
        readers_of(guideline, day)
        .order_by()
        .aggregate(owners=Count("pk"), read=Count("pk", filter=Q(read_at__isnull=False)))
    )
    return Numbers(**counted)
