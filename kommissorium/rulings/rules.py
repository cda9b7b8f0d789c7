"""Base of interpretations and dispensations: the rule they are about, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kommissorium.policies.headings import headings_of
from kommissorium.policies.models import Document
from kommissorium.rulings.models import Dispensation, Interpretation


def heading_choices(document: Document, day: date) -> list[tuple[str, str]]:
    """Return what can be asked about: the whole document, and the headings in force on the day."""
    version = document.version_on(day)
    found = [(key, name[:200]) for key, name in headings_of(version)] if version else []
    return [("", _("The whole document")), *found]


def told_of(kind: str, ruling: Interpretation | Dispensation) -> dict[str, Any]:
    """Return the facts by which events name a ruling."""
    rule = {"document": ruling.document_id, "title": ruling.document.title}
    return {"kind": kind, **rule, "heading": ruling.heading_title}


def rule_of(facts: Mapping[str, Any]) -> str:
    """Return what the facts say a ruling is about."""
    return f"{facts['title']}: {facts['heading']}".removesuffix(": ")
