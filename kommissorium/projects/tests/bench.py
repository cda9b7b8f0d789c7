"""Benchmarks of the projects and measures: pages by who reads them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.projects.models import Project, TechnicalMeasure, WorkStatus


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that one of the demonstration reads."""
    if who in {"employee", "system_owner"}:
        return
    yield "projects", reverse("projects")
    yield "project", Project.objects.latest("pk").get_absolute_url()
    yield "project_measures", reverse("project_measures")
    yield "technical_measure", TechnicalMeasure.objects.get(area="firewall").get_absolute_url()
    found = WorkStatus.objects.filter(state="approved").latest("pk")
    yield "work_status", found.get_absolute_url()
