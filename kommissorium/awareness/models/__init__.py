"""The models of the room: plans, activities, figures by group, completions, evaluations."""

from __future__ import annotations

from kommissorium.awareness.models.activities import (
    Audience,
    AwarenessActivity,
    AwarenessEvaluation,
    AwarenessFinding,
    AwarenessPlan,
    AwarenessSettings,
    Completion,
    GroupFigures,
    Sort,
)

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
