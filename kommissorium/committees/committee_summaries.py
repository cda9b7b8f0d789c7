"""Committees with numbers of seats and vacancies, and other committees' mandates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kommissorium.accounts.models import held_on
from kommissorium.committees.models import Committee, Holding, Mandate, Seat


@dataclass(frozen=True)
class CommitteeSummary:
    """A committee with the number of its seats and of the vacant ones, and its mandate."""

    committee: Committee
    seats: int
    vacant: int
    mandate: Mandate | None


def summaries(committees: QuerySet[Committee], day: date) -> list[CommitteeSummary]:
    """Return the committees as they are on the date, always in four queries."""
    shown = list(committees)
    seats = list(Seat.objects.filter(held_on(day), committee__in=shown).values("pk", "committee"))
    held = set(
        Holding.objects.filter(
            held_on(day), seat__committee__in=shown, capacity=Holding.Capacity.HOLDER
        ).values_list("seat", flat=True)
    )
    mandates = _in_force(Mandate.objects.filter(committee__in=shown), day)
    return [
        CommitteeSummary(
            committee=committee,
            seats=sum(seat["committee"] == committee.pk for seat in seats),
            vacant=sum(
                seat["committee"] == committee.pk and seat["pk"] not in held for seat in seats
            ),
            mandate=mandates.get(committee.pk),
        )
        for committee in shown
    ]


def foreign_mandates(committees: QuerySet[Committee], day: date) -> Sequence[Mandate]:
    """Return the mandates in force of all other committees: those anybody may read."""
    others = Mandate.objects.exclude(committee__in=committees.values("pk"))
    return list(_in_force(others.select_related("committee"), day).values())


def _in_force(mandates: QuerySet[Mandate], day: date) -> dict[int, Mandate]:
    begun = mandates.filter(approved_at__isnull=False, effective_from__lte=day)
    newest_last = begun.defer("source_text").order_by("effective_from", "version")
    return {mandate.committee_id: mandate for mandate in newest_last}
