"""The day the tests run as on, where another one than today is given by KOMMISSORIUM_TEST_TODAY."""

from __future__ import annotations

import os

from kommissorium.core import other_day

TEST_SHIFT = "KOMMISSORIUM_TEST_SHIFT"  # seconds from the true time, the same in all processes


def for_the_demonstration() -> dict[str, str]:
    """Return the variables by which commands on a demonstration live on the day of the tests."""
    shift = os.environ.get(TEST_SHIFT)
    return {other_day.SHIFT: shift, "KOMMISSORIUM_DEMO": "1"} if shift else {}
