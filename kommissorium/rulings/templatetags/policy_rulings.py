"""Rulings and dispensations on the page of a document."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Document
from kommissorium.rulings.models import Dispensation, Interpretation
from kommissorium.rulings.signals import QUESTIONS

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
        "waiting": QUESTIONS.said(asked.waiting().count()),
        "dispensations": spared.in_force_on(timezone.localdate()).order_by("last_day", "pk"),
    }


@register.inclusion_tag("rulings/rulings_at.html")
def rulings_at(key: str, version: Any, person: Person | None) -> dict[str, Any]:
    """Show how the rule under a heading is understood; of a text one query in all.

    The way to the interpretation is for whoever has signed in.
    """
    return {"ruled": _ruled(version).get(key, ()), "person": person}


@register.inclusion_tag("rulings/rulings_elsewhere.html")
def rulings_elsewhere(version: Any, person: Person | None) -> dict[str, Any]:
    """Show what was ruled of the whole document, or of a heading that is gone, and let one ask."""
    there = {key for key, _title in headings_of(version)}
    ruled = [one for key, found in _ruled(version).items() if key not in there for one in found]
    return {"ruled": ruled, "person": person, "document": version.document}


def _ruled(version: Any) -> dict[str, list[Interpretation]]:
    if not hasattr(version, "ruled_at"):
        found: dict[str, list[Interpretation]] = {}
        ruled = Interpretation.objects.filter(document=version.document_id, state="approved")
        for one in ruled.order_by("pk"):
            found.setdefault(one.heading, []).append(one)
        version.ruled_at = found
    ruled_at: dict[str, list[Interpretation]] = version.ruled_at
    return ruled_at
