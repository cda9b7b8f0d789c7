"""What the register answers of the clauses: R7 information and teaching, T8 their evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kommissorium.awareness.checks.training import training_held
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Clause
from kommissorium.registers.evaluation_checks import half_years_evaluated
from kommissorium.registers.findings import Check, Finding, Question
from kommissorium.registers.past_activities import ActivityPast


def awareness_evaluated(_clause: Clause, past: ActivityPast, asked: Question) -> Finding:
    """T8: the newest two half-years whose time is up are evaluated, each in time."""
    return half_years_evaluated(EVALUATION, past, asked)


CHECKS: Mapping[str, Check[Any]] = {
    Measure.AWARENESS_TRAINING: training_held,
    Measure.AWARENESS_EVALUATION: awareness_evaluated,
}
