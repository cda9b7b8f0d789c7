"""Controls that apply, for whoever tries the checks of every register."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.controls.tests.cases import applying


def fill(cast: Cast) -> None:
    """Say of a control that it applies."""
    applying(cast)
