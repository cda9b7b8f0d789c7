"""What registers keep in common."""

from __future__ import annotations

from kommissorium.registers.models.figures import DailyFigures
from kommissorium.registers.models.imports import ImportedRow, ImportRun
from kommissorium.registers.models.saved_lists import SavedList

__all__ = ["DailyFigures", "ImportRun", "ImportedRow", "SavedList"]
