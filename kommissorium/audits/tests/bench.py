"""Pages of audits that the benchmark measures, by reader."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from kommissorium.audits.models import Audit, AuditEvaluation, AuditFinding, AuditPlan


def pages(who: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of the pages that a person of the demonstration reads."""
    if who in {"employee", "system_owner"}:
        return
    yield "audits", reverse("audits")
    held = Audit.objects.exclude(held_on=None).latest("held_on", "pk")
    yield "activity", held.get_absolute_url()
    yield (
        "activity_plan",
        AuditPlan.objects.filter(state="approved").latest("pk").get_absolute_url(),
    )
    yield "audit_finding", AuditFinding.objects.latest("pk").get_absolute_url()
    found = AuditEvaluation.objects.filter(state="approved").order_by("-pk").first()
    if found is not None:
        yield "audit_evaluation", found.get_absolute_url()
