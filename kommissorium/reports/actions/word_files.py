"""Take the texts of an edited Word file into a draft."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.actions import record
from kommissorium.core.files.models import StoredFile
from kommissorium.core.refusals import Conflict
from kommissorium.registers.actions.proposals import hold_draft
from kommissorium.reports.actions.statuses import PartText, let_word_go, write_parts
from kommissorium.reports.models import QuarterlyStatus
from kommissorium.reports.proposal import KIND


@transaction.atomic
def take_word_back(
    status: QuarterlyStatus,
    texts: Mapping[str, PartText],
    file: StoredFile,
    *,
    tells_the_same: bool,
    by: Person,
) -> None:
    """Write what the file says; keep it beside the draft where that tells the same then.

    Raises Refused and Conflict as `write_parts` does, and Conflict where the draft was composed
    again since `status` was read.
    """
    changed = write_parts(status, texts, by=by)
    hold_draft(status)
    let_word_go(status)
    kept = file if tells_the_same else None
    rows = QuarterlyStatus.objects.filter(pk=status.pk, composed_at=status.composed_at)
    if not rows.update(word_file=kept):
        raise Conflict({"edit_version": 0})
    facts = {
        **KIND.called(status),
        "parts": sorted(changed),
        "sha256": file.pk,
        "kept": tells_the_same,
    }
    record("reports.status_taken_back", status, by=by, facts=facts)
