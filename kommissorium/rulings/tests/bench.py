"""Benchmarks of the rulings: pages by who reads them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.rulings.models import Dispensation, Interpretation


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that one of the demonstration reads."""
    yield "interpretations", reverse("interpretations")
    yield "dispensations", reverse("dispensations")
    yield "interpretation", Interpretation.objects.latest("pk").get_absolute_url()
    yield "dispensation", Dispensation.objects.latest("pk").get_absolute_url()
