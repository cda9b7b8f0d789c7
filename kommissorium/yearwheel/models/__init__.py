"""Models of the year wheel: duties and their occurrences."""

from __future__ import annotations

from kommissorium.yearwheel.models.duties import Duty, DutyCadence, Rhythm, Tag, responsible
from kommissorium.yearwheel.models.occurrences import (
    Delegation,
    Evidence,
    Move,
    Occurrence,
    titled,
)

__all__ = [
    "Delegation",
    "Duty",
    "DutyCadence",
    "Evidence",
    "Move",
    "Occurrence",
    "Rhythm",
    "Tag",
    "responsible",
    "titled",
]
