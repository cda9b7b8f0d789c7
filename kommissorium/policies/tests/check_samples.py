"""Policies that are in force, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.policies.tests.cases import overall_in_force


def fill(cast: Cast) -> None:
    """Put an overall policy in force."""
    overall_in_force(cast)
