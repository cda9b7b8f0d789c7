"""Statuses in all states: approved, before the committee, and a draft."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.core.tests.samples import Samples, foreign
from kommissorium.reports.proposals import REVIEW
from kommissorium.reports.tests.cases import (
    approved,
    board_approved,
    board_drafted,
    board_proposed,
    board_received,
    board_write,
    drafted,
    last_year,
    proposed,
    review_drafted,
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
    samples.add("status/draft", pk=draft.pk)
    _add_told(samples, "", "status", kept.pk, draft.pk)
    samples.add("told_take_back told_edited/draft", slug="status", pk=draft.pk)
    samples.add("told_take_back/approved", slug="status", pk=kept.pk)
    samples.add("told_edited", slug="status", pk=edited.pk)
    samples.add("told_close", slug="status", pk=draft.pk, code="awareness")
    samples.add("told_close/approved", slug="status", pk=kept.pk, code="awareness")
    samples.add("told_file/data", slug="status", pk=kept.pk, form="json-open")
    for name in PAGES:
        samples.add(f"{name}/status", slug="status", pk=draft.pk)
        samples.add(f"{name}/proposed_status", slug="status", pk=waiting.pk)
    samples.add("proposal_reopen/proposed_status", slug="status", pk=waiting.pk)
    _add_board(samples, cast)
    _add_review(samples, cast)


def _add_told(samples: Samples, which: str, slug: str, kept: int, draft: int) -> None:
    """Name what is done by address with a draft, and with one that was approved."""
    end = which.removesuffix("_")
    more = f"/{end}" if end else ""
    samples.add(f"told_edit{more} told_recompose{more}", slug=slug, pk=draft)
    samples.add(f"told_edit/{which}approved told_recompose/{which}approved", slug=slug, pk=kept)
    samples.add(f"told_file{more}", slug=slug, pk=kept, form="docx")
    samples.add(f"told_file/{which}draft", slug=slug, pk=draft, form="docx")


def _add_review(samples: Samples, cast: Cast) -> None:
    """Name a year's report that waits, and the draft of the year before."""
    year = last_year()
    waiting, draft = review_drafted(cast, year.before), review_drafted(cast, year.before.before)
    REVIEW.propose(waiting, cast.committee, by=cast.coordinator)
    samples.add("review", pk=waiting.pk)
    samples.add("review/draft", pk=draft.pk)
    for name in PAGES:
        samples.add(f"{name}/review", slug="review", pk=draft.pk)
        samples.add(f"{name}/proposed_review", slug="review", pk=waiting.pk)
    samples.add("proposal_reopen/proposed_review", slug="review", pk=waiting.pk)


def _add_board(samples: Samples, cast: Cast) -> None:
    """Name the reports to the executive board: one received, one approved, one waiting, a draft."""
    received, ready = board_received(cast, 6), board_approved(cast, 5)
    waiting, draft = board_proposed(cast, 4), board_drafted(cast, 3)
    board_write(cast, draft, asks=foreign("said"))
    samples.add("board_report board_report_send", pk=received.pk)
    samples.add("report_to_executive executive_comment executive_receipt", pk=received.pk)
    samples.add("executive_answer", pk=received.pk, place=1)
    samples.add("board_requests", pk=draft.pk)
    samples.add("board_report_send/ready report_to_executive/unsent", pk=ready.pk)
    samples.add("board_report/draft", pk=draft.pk)
    _add_told(samples, "board_", "board-report", received.pk, draft.pk)
    samples.add("board_note_new", pk=received.pk, kind="treated")
    samples.add("board_note_new/sent", pk=ready.pk, kind="sent")
    samples.add("board_note_correct", pk=received.way[0].pk)
    for name in PAGES:
        samples.add(f"{name}/board_report", slug="board-report", pk=draft.pk)
        samples.add(f"{name}/proposed_board_report", slug="board-report", pk=waiting.pk)
    samples.add("proposal_reopen/proposed_board_report", slug="board-report", pk=waiting.pk)
