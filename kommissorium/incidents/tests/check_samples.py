"""Incidents notified and closed, for the tests of every register's checks."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.incidents.tests.cases import closed


def fill(cast: Cast) -> None:
    """Close a case."""
    closed(cast)
