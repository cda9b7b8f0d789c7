"""Models that registers share."""

from __future__ import annotations

from kommissorium.registers.models.imports import ImportedRow, ImportRun
from kommissorium.registers.models.kept import BulkChange, BulkRow, DailyFigures, SavedList

__all__ = ["BulkChange", "BulkRow", "DailyFigures", "ImportRun", "ImportedRow", "SavedList"]
