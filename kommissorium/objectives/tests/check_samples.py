"""Objectives that are followed, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.objectives.tests.cases import approved, measure, only


def fill(cast: Cast) -> None:
    """Approve an objective and measure it."""
    measure(cast, only(approved(cast)))
