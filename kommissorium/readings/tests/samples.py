"""Readings: of a document for everybody, and of one that is none of the system owner's business."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.policies.tests.cases import document, rule
from kommissorium.readings.actions.readings import choose_audience


def add(samples: Samples, cast: Cast) -> None:
    """Name a document that everybody is to read, and one that is not out yet."""
    about = rule(cast, "Retningslinje for læsere")
    choose_audience(about, groups=["owners", "everybody"], areas=[], by=cast.coordinator)
    samples.add("policy_readers policy_audience policy_readings", pk=about.pk)
    samples.add("policy_read", pk=about.versions.get().pk)
    other = document(cast, title=foreign("title"), owner=cast.member)
    samples.add("policy_readers/foreign", pk=other.pk)
