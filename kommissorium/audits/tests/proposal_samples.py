"""Samples of what of audits is put before a committee."""

from __future__ import annotations

from kommissorium.audits.tests.cases import drafted, drafted_evaluation

PROPOSALS = {"audit-plan": drafted, "audit-evaluation": drafted_evaluation}
