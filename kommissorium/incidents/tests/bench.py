"""Pages of incidents that the benchmark measures, by reader."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.incidents.models import Incident


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that a person of the demonstration reads."""
    yield "incident_report", reverse("incident_report")
    if who in {"coordinator", "chair", "dpo"}:
        yield "incidents", reverse("incidents")
        if (found := Incident.objects.filter(is_restricted=False).first()) is not None:
            yield "incident", found.get_absolute_url()
    if who not in {"employee", "system_owner"}:
        yield "incident_figures", reverse("incident_figures")
