"""An audit that was held and evaluated, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.audits.tests.cases import evaluated
from kommissorium.conftest import Cast


def fill(cast: Cast) -> None:
    """Hold what a plan promises, and evaluate it."""
    evaluated(cast)
