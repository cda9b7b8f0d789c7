"""The models of the room: the status of a quarter, the report to the executive board, the review."""

from kommissorium.reports.models.board_reports import BoardNote, BoardReport, BoardReportPart
from kommissorium.reports.models.reviews import ReviewPart, YearReview
from kommissorium.reports.models.statuses import KeptPart, QuarterlyStatus

__all__ = [
    "BoardNote",
    "BoardReport",
    "BoardReportPart",
    "KeptPart",
    "QuarterlyStatus",
    "ReviewPart",
    "YearReview",
]
