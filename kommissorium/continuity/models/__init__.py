"""The models of the room: services, their plans, tests and evaluations, paper copies, settings."""

from __future__ import annotations

from kommissorium.continuity.models.exercises import (
    ContinuityEvaluation,
    ContinuityFinding,
    ContinuityTest,
    ContinuityTestPlan,
    Notice,
    Sort,
)
from kommissorium.continuity.models.plans import (
    ContinuityPlan,
    ContinuitySettings,
    PaperCopy,
    PlanPart,
)
from kommissorium.continuity.models.services import CRITICAL, Service

__all__ = [
    "CRITICAL",
    "ContinuityEvaluation",
    "ContinuityFinding",
    "ContinuityPlan",
    "ContinuitySettings",
    "ContinuityTest",
    "ContinuityTestPlan",
    "Notice",
    "PaperCopy",
    "PlanPart",
    "Service",
    "Sort",
]
