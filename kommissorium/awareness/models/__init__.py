"""The models of the room: plans, activities, figures by group, completions, evaluations."""

from __future__ import annotations

from kommissorium.awareness.models.activities import (
    Audience,
    AwarenessActivity,
    AwarenessFinding,
    AwarenessPlan,
    GroupFigures,
    Sort,
)
from kommissorium.awareness.models.completions import Completion
from kommissorium.awareness.models.evaluations import AwarenessEvaluation
from kommissorium.awareness.models.settings import AwarenessSettings

__all__ = [
    "Audience",
    "AwarenessActivity",
    "AwarenessEvaluation",
    "AwarenessFinding",
    "AwarenessPlan",
    "AwarenessSettings",
    "Completion",
    "GroupFigures",
    "Sort",
]
