"""The register's answers about clauses: R8 plans for when things stop, R9 tests of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kommissorium.committees.measures import Measure
from kommissorium.continuity.checks.clauses import enough_tests, plans_in_force
from kommissorium.registers.findings import Check

CHECKS: Mapping[str, Check[Any]] = {
    Measure.CONTINUITY_PLANS: plans_in_force,
    Measure.CONTINUITY_TEST: enough_tests,
}
