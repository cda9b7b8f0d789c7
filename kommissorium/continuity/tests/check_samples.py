"""Services with plans, and tests held and evaluated, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.continuity.tests.cases import approved_plans, evaluated


def fill(cast: Cast) -> None:
    """Have plans of a service, and a test evaluated."""
    approved_plans(cast)
    evaluated(cast)
