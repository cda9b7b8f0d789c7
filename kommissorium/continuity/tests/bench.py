"""Pages of continuity that the benchmark measures, by reader."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.continuity.models import ContinuityEvaluation, ContinuityPlan, ContinuityTest


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that a person of the demonstration reads."""
    if who in {"employee", "system_owner"}:
        return
    yield "continuity", reverse("continuity")
    yield "continuity_tests", reverse("continuity_tests")
    yield "continuity_copies", reverse("continuity_copies")
    plan = ContinuityPlan.objects.filter(state="approved").latest("pk")
    yield "continuity_plan", plan.get_absolute_url()
    yield "continuity_service", plan.service.get_absolute_url()
    yield (
        "activity",
        ContinuityTest.objects.exclude(held_on=None).latest("held_on", "pk").get_absolute_url(),
    )
    found = ContinuityEvaluation.objects.filter(state="approved").order_by("-pk").first()
    if found is not None:
        yield "continuity_evaluation", found.get_absolute_url()
