"""Rows for the list of this room: as many as one asks for, which differ in everything."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.conftest import Cast
from kommissorium.objectives.models import ObjectiveSet
from kommissorium.objectives.tests.cases import approved, measure


def make_rows(cast: Cast, numbers: range) -> None:
    """Approve objectives of these numbers in a set of their own; the system owner has most."""
    many = [
        {
            "title": f"Ærø <{number:03}>",
            "why": f"Fordi {number} er flere. " * 10,
            "serves": f"Politik {number % 3}",
            "indicator": "assets:without_owner" if number % 5 == 0 else "",
            "direction": "at_most" if number % 2 else "at_least",
            "target": number * 1.5 + 0.5,
            "unit": f"ting {number % 4}",
            "due": timezone.localdate() + timedelta(days=7 * number - 20),
            "every": 1 + number % 12,
            "owner": cast.system_owner if number % 10 else cast.member,
        }
        for number in numbers
    ]
    found = approved(cast, *many)
    ObjectiveSet.objects.filter(state="approved").update(in_force_to=None)
    for number, one in zip(
        numbers, found.objectives.select_related("set").order_by("pk"), strict=True
    ):
        if number % 3:
            measure(cast, one, number, ago=number)
