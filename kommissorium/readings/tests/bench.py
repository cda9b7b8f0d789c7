"""Benchmarks of the readings: pages by who reads them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.readings.models import Audience


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that one of the demonstration reads."""
    found = Audience.objects.latest("pk")
    yield "policy_readers", reverse("policy_readers", args=[found.document_id])
