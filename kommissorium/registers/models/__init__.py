"""Models that registers share."""

from __future__ import annotations

from kommissorium.registers.models.bulk import BulkChange, BulkRow
from kommissorium.registers.models.figures import DailyFigures
from kommissorium.registers.models.imports import ImportedRow, ImportRun
from kommissorium.registers.models.saved_lists import SavedList

__all__ = ["BulkChange", "BulkRow", "DailyFigures", "ImportRun", "ImportedRow", "SavedList"]
