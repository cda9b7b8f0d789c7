"""A document of one line, set to see that documents can be set here."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from kommissorium.core.documents.typesetting import render_pdf

TEMPLATE = Path(__file__).with_name("trial.typ")
SHEET = {
    "title": "Kommissorium",
    "author": "Kommissorium",
    "description": "A trial of the typesetter.",
    "language": "da",
    "footer": "Kommissorium",
    "page_pattern": "{page} / {pages}",
}


def trial_pdf() -> bytes:
    """Return an accessible PDF of one line. Raises DocumentError."""
    data = {"sheet": SHEET, "line": "Kommissorium: æ, ø, å."}
    return render_pdf(TEMPLATE, data, made_at=timezone.now())
