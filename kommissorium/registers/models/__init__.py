"""What registers keep in common."""

from __future__ import annotations

from kommissorium.registers.models.figures import DailyFigures
from kommissorium.registers.models.imports import ImportedRow, ImportRun

__all__ = ["DailyFigures", "ImportRun", "ImportedRow"]
