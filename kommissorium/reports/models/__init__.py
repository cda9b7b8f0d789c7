"""The models of the room: the status of a quarter, the report to the executive board, the review."""

from kommissorium.reports.models.board_reports import BoardNote, BoardReport, BoardReportPart
from kommissorium.reports.models.board_requests import BoardAnswer, BoardRequest
from kommissorium.reports.models.periodic_reports import (
    KeptPart,
    QuarterlyStatus,
    ReviewPart,
    YearReview,
)

__all__ = [
    "BoardAnswer",
    "BoardNote",
    "BoardReport",
    "BoardReportPart",
    "BoardRequest",
    "KeptPart",
    "QuarterlyStatus",
    "ReviewPart",
    "YearReview",
]
