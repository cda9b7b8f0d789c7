"""The models of the room: the status of a quarter, the report to the executive board."""

from kommissorium.reports.models.board_reports import BoardNote, BoardReport, BoardReportPart
from kommissorium.reports.models.parts import TEXT_LENGTH, WrittenPart
from kommissorium.reports.models.statuses import KeptPart, QuarterlyStatus

__all__ = [
    "TEXT_LENGTH",
    "BoardNote",
    "BoardReport",
    "BoardReportPart",
    "KeptPart",
    "QuarterlyStatus",
    "WrittenPart",
]
