"""The models of the room: services, their plans, tests and evaluations, paper copies, settings."""

from __future__ import annotations

from kommissorium.continuity.models.copies import ContinuitySettings, PaperCopy
from kommissorium.continuity.models.evaluations import ContinuityEvaluation
from kommissorium.continuity.models.exercises import (
    ContinuityFinding,
    ContinuityTest,
    ContinuityTestPlan,
    Notice,
    Sort,
)
from kommissorium.continuity.models.plans import ContinuityPlan, PlanPart
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
