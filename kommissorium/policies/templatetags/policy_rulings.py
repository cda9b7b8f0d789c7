"""What the page of a document shows of rulings, dispensations and readings."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Dispensation, Document, FormerGuideline, Interpretation
from kommissorium.policies.readers import in_force_with_since, is_for, readings_of

register = template.Library()


@register.inclusion_tag("policies/document_rulings.html")
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


@register.simple_tag
def former_guideline(version: Any) -> FormerGuideline | None:
    """Return what a version said of itself that was issued before this register; None for others."""
    return FormerGuideline.objects.filter(version=version).first()


@register.inclusion_tag("policies/rulings_at.html")
def rulings_at(key: str, version: Any) -> dict[str, Any]:
    """Show how the rule under a heading is understood; of a text one query in all."""
    if not hasattr(version, "ruled_at"):
        found: dict[str, list[Interpretation]] = {}
        ruled = Interpretation.objects.filter(document=version.document_id, state="approved")
        for one in ruled.order_by("pk"):
            found.setdefault(one.heading, []).append(one)
        version.ruled_at = found
    return {"ruled": version.ruled_at.get(key, ())}


@register.inclusion_tag("policies/document_reading.html", takes_context=True)
def document_reading(context: Any, document: Document, person: Person) -> dict[str, Any]:
    """Show whether the person is to confirm having read the document."""
    today = timezone.localdate()
    version = in_force_with_since(today).filter(document=document).first()
    own = readings_of(version).filter(person=person).first() if version else None
    return {
        "document": document,
        "version": version,
        "reading": own,
        "may_confirm": version is not None and own is None and is_for(document, person, today),
        "has_audience": document.audiences.exists(),
        "may_choose": document.can_be_written_by(person),
        "csrf_token": context.get("csrf_token"),
    }
