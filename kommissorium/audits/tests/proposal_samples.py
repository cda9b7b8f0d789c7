"""Samples of what is put before a committee about audits."""

from __future__ import annotations

from kommissorium.audits.tests.cases import drafted, drafted_evaluation

PROPOSALS = {"audit-plan": drafted, "audit-evaluation": drafted_evaluation}
