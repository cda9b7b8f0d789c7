"""Pages of awareness that the benchmark measures, by reader."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.awareness.models import AwarenessActivity, AwarenessEvaluation, AwarenessPlan


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that a person of the demonstration reads."""
    if who in {"employee", "system_owner"}:
        return
    yield "awareness", reverse("awareness")
    held = AwarenessActivity.objects.exclude(held_on=None).latest("held_on", "pk")
    yield "activity", held.get_absolute_url()
    yield (
        "activity_plan",
        AwarenessPlan.objects.filter(state="approved").latest("pk").get_absolute_url(),
    )
    found = AwarenessEvaluation.objects.filter(state="approved").order_by("-pk").first()
    if found is not None:
        yield "awareness_evaluation", found.get_absolute_url()
