"""Samples of what is put before a committee about awareness."""

from __future__ import annotations

from kommissorium.awareness.tests.cases import drafted, drafted_evaluation

PROPOSALS = {"awareness-plan": drafted, "awareness-evaluation": drafted_evaluation}
