"""Pages of the statement of applicability that the benchmark measures, by reader."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.controls.models import Control, SoaVersion


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that a person of the demonstration reads."""
    if who in {"employee", "system_owner"}:
        return
    yield "controls", reverse("controls")
    yield "control", reverse("control", args=[Control.objects.latest("pk").pk])
    found = SoaVersion.objects.filter(state="approved").latest("pk")
    yield "soa", reverse("soa", args=[found.pk])
