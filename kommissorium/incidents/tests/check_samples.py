"""Incidents that are told of and closed, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.incidents.tests.cases import closed


def fill(cast: Cast) -> None:
    """Close a case."""
    closed(cast)
