"""A sample of what of the reports is put before a committee."""

from __future__ import annotations

from kommissorium.reports.tests.cases import board_drafted, drafted, review_drafted

PROPOSALS = {"status": drafted, "board-report": board_drafted, "review": review_drafted}
