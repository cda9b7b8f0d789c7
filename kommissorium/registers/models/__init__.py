"""The models of the kit."""

from __future__ import annotations

from kommissorium.registers.models.figures import DailyFigures

__all__ = ["DailyFigures"]
