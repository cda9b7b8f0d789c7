"""A status that was approved, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.projects.tests.cases import approved, project


def fill(cast: Cast) -> None:
    """Approve the status of the quarter that ended last, with a project."""
    project(cast)
    approved(cast)
