"""Statuses in all states: approved, before the committee, and a draft."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.reports.tests.cases import approved, drafted, proposed, taken_back, write

PAGES = ("proposal", "proposal_file", "proposal_history", "proposal_drop")


def add(samples: Samples, cast: Cast) -> None:
    """Name the statuses; of the quarter that ended last there is none."""
    kept, waiting, draft = approved(cast, 4), proposed(cast, 3), drafted(cast, 2)
    write(cast, draft, awareness=foreign("said"))
    edited = taken_back(cast, 5)
    samples.add("status", pk=kept.pk)
    samples.add("status/proposed", pk=waiting.pk)
    samples.add("status/draft status_edit status_recompose", pk=draft.pk)
    samples.add("status_edit/approved status_recompose/approved", pk=kept.pk)
    samples.add("status_take_back status_edited/draft", pk=draft.pk)
    samples.add("status_take_back/approved", pk=kept.pk)
    samples.add("status_edited", pk=edited.pk)
    samples.add("status_file", pk=kept.pk, form="docx")
    samples.add("status_file/data", pk=kept.pk, form="json")
    samples.add("status_file/draft", pk=draft.pk, form="docx")
    for name in PAGES:
        samples.add(f"{name}/status", slug="status", pk=draft.pk)
        samples.add(f"{name}/proposed_status", slug="status", pk=waiting.pk)
    samples.add("proposal_reopen/proposed_status", slug="status", pk=waiting.pk)
