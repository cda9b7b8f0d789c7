"""Policies that are in force, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.policies.actions.readings import choose_audience
from kommissorium.policies.tests.cases import approved, overall_in_force


def fill(cast: Cast) -> None:
    """Put an overall policy in force, and the guidelines for owners."""
    overall_in_force(cast)
    choose_audience(approved(cast).document, groups=["owners"], areas=[], by=cast.coordinator)
