"""Services with plans, and tests held and evaluated, for the tests of every register's checks."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.continuity.tests.cases import approved_plans, evaluated


def fill(cast: Cast) -> None:
    """Make plans of a service, and evaluate a test."""
    approved_plans(cast)
    evaluated(cast)
