"""What the register answers of the clauses: R7 information and teaching, T8 their evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kommissorium.awareness.checks.evaluations import awareness_evaluated
from kommissorium.awareness.checks.training import training_held
from kommissorium.committees.measures import Measure
from kommissorium.registers.findings import Check

CHECKS: Mapping[str, Check[Any]] = {
    Measure.AWARENESS_TRAINING: training_held,
    Measure.AWARENESS_EVALUATION: awareness_evaluated,
}
