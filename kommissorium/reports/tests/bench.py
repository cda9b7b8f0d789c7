"""Benchmarks of the reports: pages by who reads them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.reports.models import BoardReport, QuarterlyStatus


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that one of the demonstration reads."""
    if who in {"employee", "system_owner"}:
        return
    yield "statuses", reverse("statuses")
    found = QuarterlyStatus.objects.filter(state="approved").latest("pk")
    yield "status", reverse("status", args=[found.pk])
    yield "reviews", reverse("reviews")
    yield "board_reports", reverse("board_reports")
    report = BoardReport.objects.filter(state="approved").latest("pk")
    yield "board_report", reverse("board_report", args=[report.pk])
    if who == "executive":
        yield "executive_reports", reverse("executive_reports")
