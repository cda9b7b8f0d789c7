"""The models of the room: plans and audits, the work in them, findings, reports and evaluations."""

from __future__ import annotations

from kommissorium.audits.models.auditor_changes import AuditorChange
from kommissorium.audits.models.audits import (
    Audit,
    AuditEvaluation,
    AuditPlan,
    AuditReport,
    AuditSettings,
    CheckLine,
    CheckOutcome,
    Sample,
)
from kommissorium.audits.models.findings import (
    Answer,
    AuditFinding,
    Closure,
    ClosureFile,
    FindingState,
    Severity,
    Sort,
    Verdict,
)

__all__ = [
    "Answer",
    "Audit",
    "AuditEvaluation",
    "AuditFinding",
    "AuditPlan",
    "AuditReport",
    "AuditSettings",
    "AuditorChange",
    "CheckLine",
    "CheckOutcome",
    "Closure",
    "ClosureFile",
    "FindingState",
    "Sample",
    "Severity",
    "Sort",
    "Verdict",
]
