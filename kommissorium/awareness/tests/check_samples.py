"""Awareness planned, held and evaluated, for the tests of every register's checks."""

from __future__ import annotations

from kommissorium.awareness.tests.cases import evaluated
from kommissorium.conftest import Cast


def fill(cast: Cast) -> None:
    """Hold what a plan promises, and evaluate it."""
    evaluated(cast)
