"""An audit that was held and evaluated, for the tests of every register's checks."""

from __future__ import annotations

from kommissorium.audits.tests.cases import evaluated, planned_before
from kommissorium.conftest import Cast


def fill(cast: Cast) -> None:
    """Hold the audits of a plan, and evaluate them."""
    evaluated(cast, planned_before(cast))
