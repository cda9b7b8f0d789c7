"""Statuses that were approved, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.reports.tests.cases import approved, board_received


def fill(cast: Cast) -> None:
    """Approve the status and the report of the quarter that ended last; the board receives it."""
    approved(cast)
    board_received(cast)
