"""Controls that apply, for the tests of every register's checks."""

from __future__ import annotations

from kommissorium.conftest import Cast
from kommissorium.controls.tests.cases import applying


def fill(cast: Cast) -> None:
    """Set that a control applies."""
    applying(cast)
