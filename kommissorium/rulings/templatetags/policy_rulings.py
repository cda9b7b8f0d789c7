"""What the page of a document shows of rulings and dispensations."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Document
from kommissorium.rulings.models import Dispensation, Interpretation

register = template.Library()


@register.inclusion_tag("rulings/document_rulings.html")
def document_rulings(document: Document, person: Person) -> dict[str, Any]:
    """Show how the rules of a document are understood, what waits, and where they do not hold."""
    asked = Interpretation.objects.visible_to(person).filter(document=document)
    version = document.version_on(timezone.localdate())
    there = [key for key, _title in headings_of(version)] if version else []
    spared = Dispensation.objects.visible_to(person).filter(document=document)
    return {
        "document": document,
        # The others stand at their headings.
        "ruled": asked.filter(state="approved").exclude(heading__in=there).order_by("-pk"),
        "waiting": asked.waiting().count(),
        "dispensations": spared.in_force_on(timezone.localdate()).order_by("last_day", "pk"),
    }


@register.inclusion_tag("rulings/rulings_at.html")
def rulings_at(key: str, version: Any) -> dict[str, Any]:
    """Show how the rule under a heading is understood; of a text one query in all."""
    if not hasattr(version, "ruled_at"):
        found: dict[str, list[Interpretation]] = {}
        ruled = Interpretation.objects.filter(document=version.document_id, state="approved")
        for one in ruled.order_by("pk"):
            found.setdefault(one.heading, []).append(one)
        version.ruled_at = found
    return {"ruled": version.ruled_at.get(key, ())}
