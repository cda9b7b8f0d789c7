"""Benchmarks of the policies: pages by who reads them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.policies.models import Version


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that one of the demonstration reads."""
    yield "policies", reverse("policies")
    yield "policies_tree", reverse("policies_tree")
    found = Version.objects.filter(state="approved", in_force_from__isnull=False).latest("pk")
    yield "policy", reverse("policy", args=[found.document_id])
    yield "policy_version", reverse("policy_version", args=[found.pk])
