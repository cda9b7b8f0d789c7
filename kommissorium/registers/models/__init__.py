"""What registers keep in common."""

from __future__ import annotations

from kommissorium.registers.models.figures import DailyFigures

__all__ = ["DailyFigures"]
