"""Samples of what is put before a committee about continuity."""

from __future__ import annotations

from kommissorium.continuity.tests.cases import drafted, drafted_evaluation, drafted_plans

PROPOSALS = {
    "continuity-plans": drafted_plans,
    "continuity-test-plan": drafted,
    "continuity-evaluation": drafted_evaluation,
}
