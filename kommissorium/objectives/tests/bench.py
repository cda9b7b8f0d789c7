"""Benchmarks of the objectives: pages by who reads them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.objectives.models import Objective, ObjectiveSet


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that one of the demonstration reads."""
    if who in {"employee", "system_owner"}:
        return
    yield "objectives", reverse("objectives")
    yield "objective", reverse("objective", args=[Objective.objects.latest("pk").pk])
    found = ObjectiveSet.objects.filter(state="approved").latest("pk")
    yield "objective_set", reverse("objective_set", args=[found.pk])
