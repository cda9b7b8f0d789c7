"""Statuses in all states: approved, before the committee, and a draft."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.reports.tests.cases import (
    approved,
    board_approved,
    board_drafted,
    board_proposed,
    board_received,
    board_write,
    drafted,
    proposed,
    taken_back,
    write,
)

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
    _add_board(samples, cast)


def _add_board(samples: Samples, cast: Cast) -> None:
    """Name the reports to the executive board: one received, one approved, one waiting, a draft."""
    received, ready = board_received(cast, 6), board_approved(cast, 5)
    waiting, draft = board_proposed(cast, 4), board_drafted(cast, 3)
    board_write(cast, draft, asks=foreign("said"))
    samples.add("board_report board_report_send", pk=received.pk)
    samples.add("report_to_executive executive_comment executive_receipt", pk=received.pk)
    samples.add("board_report_send/ready report_to_executive/unsent", pk=ready.pk)
    samples.add("board_report/draft board_report_edit board_report_recompose", pk=draft.pk)
    samples.add("board_report_edit/approved board_report_recompose/approved", pk=received.pk)
    samples.add("board_report_file", pk=received.pk, form="docx")
    samples.add("board_report_file/draft", pk=draft.pk, form="json")
    samples.add("board_note_new", pk=received.pk, kind="treated")
    samples.add("board_note_new/sent", pk=ready.pk, kind="sent")
    samples.add("board_note_correct", pk=received.way[0].pk)
    for name in PAGES:
        samples.add(f"{name}/board_report", slug="board-report", pk=draft.pk)
        samples.add(f"{name}/proposed_board_report", slug="board-report", pk=waiting.pk)
    samples.add("proposal_reopen/proposed_board_report", slug="board-report", pk=waiting.pk)
