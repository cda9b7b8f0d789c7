"""A guideline in force, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.policies.tests.cases import rule


def fill(cast: Cast) -> None:
    """Put a guideline in force."""
    rule(cast)
