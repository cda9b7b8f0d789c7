"""The models of the room: the status of a quarter, the report to the executive board, the review."""

from kommissorium.reports.models.board_reports import BoardNote, BoardReport, BoardReportPart
from kommissorium.reports.models.parts import TEXT_LENGTH, Closes, WrittenPart
from kommissorium.reports.models.reviews import ReviewPart, YearReview
from kommissorium.reports.models.statuses import KeptPart, QuarterlyStatus
from kommissorium.reports.models.told import Period, Told

__all__ = [
    "TEXT_LENGTH",
    "BoardNote",
    "BoardReport",
    "BoardReportPart",
    "Closes",
    "KeptPart",
    "Period",
    "QuarterlyStatus",
    "ReviewPart",
    "Told",
    "WrittenPart",
    "YearReview",
]
