"""Samples of what of awareness is put before a committee."""

from __future__ import annotations

from kommissorium.awareness.tests.cases import drafted, drafted_evaluation

PROPOSALS = {"awareness-plan": drafted, "awareness-evaluation": drafted_evaluation}
