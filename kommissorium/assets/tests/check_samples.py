"""A small register, for whoever tries the checks of every register."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from kommissorium.assets.actions.guidelines import GuidelineValues, issue_guideline
from kommissorium.assets.tests.document_cases import add, system
from kommissorium.conftest import Cast


def fill(cast: Cast) -> None:
    """Register one system with its owner and a document, one without, and issue the guidelines."""
    add(cast, system(cast, criticality="society"))
    system(cast, "Uden ejer", owned=False)
    today = timezone.localdate()
    values = GuidelineValues(
        title="Retningslinjer for ejere",
        approved_by="Direktionen",
        effective_from=today,
        review_by=today + timedelta(days=365),
        text="<p>Ejeren passer på.</p>",
    )
    issue_guideline(values, by=cast.coordinator)
