"""Guidelines for owners in force, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.policies.tests.cases import approved
from kommissorium.readings.actions.readings import choose_audience


def fill(cast: Cast) -> None:
    """Put the guidelines for owners in force."""
    choose_audience(approved(cast).document, groups=["owners"], areas=[], by=cast.coordinator)
