"""The nouns of the register of risks."""

from __future__ import annotations

from kommissorium.risks.models.acceptances import (
    Acceptance,
    AcceptedRisk,
    AuthorityLimit,
    Capacity,
)
from kommissorium.risks.models.assessments import (
    DIMENSIONS,
    OPTIONAL_DIMENSIONS,
    Assessment,
    ImportedAssessment,
    Scenario,
    Treatment,
)
from kommissorium.risks.models.plans import PlanAction
from kommissorium.risks.models.scales import (
    TONES,
    Band,
    CellChange,
    CellCount,
    RiskLevel,
    Scale,
    Step,
)
from kommissorium.risks.models.threats import Group, Threat

__all__ = [
    "DIMENSIONS",
    "OPTIONAL_DIMENSIONS",
    "TONES",
    "Acceptance",
    "AcceptedRisk",
    "Assessment",
    "AuthorityLimit",
    "Band",
    "Capacity",
    "CellChange",
    "CellCount",
    "Group",
    "ImportedAssessment",
    "PlanAction",
    "RiskLevel",
    "Scale",
    "Scenario",
    "Step",
    "Threat",
    "Treatment",
]
