"""Readings on the page of a document."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.policies.models import Document
from kommissorium.readings.readers import in_force_with_since, is_for, readings_of

register = template.Library()


@register.inclusion_tag("readings/document_reading.html", takes_context=True)
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
