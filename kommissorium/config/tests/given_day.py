"""The day the tests run as on, if another than today is given by KOMMISSORIUM_TEST_TODAY.

`make test` runs those that reckon with days once more, as on the one of AWKWARD that today's date has.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from types import CodeType
from typing import Any, Final

from kommissorium.core import other_day

TODAY: Final = "KOMMISSORIUM_TEST_TODAY"
TEST_SHIFT: Final = (
    "KOMMISSORIUM_TEST_SHIFT"  # seconds from the true time, the same in all processes
)
AWKWARD: Final = {
    "2026-12-24": "Christmas Eve",
    "2026-12-31": "the last day of a year",
    "2027-01-01": "the first day of a year",
    "2027-01-15": "in a year of which no quarter has ended",
    "2027-03-28": "Easter Sunday, the clocks go forward",
    "2027-03-29": "the Monday after Easter",
    "2027-06-30": "the last day of a quarter",
    "2027-07-14": "in weeks in which nobody works",
    "2027-10-01": "the first day of a quarter",
    "2027-10-31": "a Sunday, the last day of a month, the clocks go back",
    "2028-02-29": "the day that most years lack",
}
# What tests reckon with days by, and those that say themselves which day it is or are about none.
RECKONING: Final = {"localdate", "timedelta", "in_days", "time_is", "add_months", "havneby"}
OF_ANY_DAY: Final = (
    *("kommissorium/cli/", "demo/tests/test_plan.py", "demo/tests/test_almanac.py"),
    *("registers/test_indicators.py", "config/tests/test_many_writers.py"),
)


def is_given() -> bool:
    """Return whether the tests run as on another day than today."""
    return TEST_SHIFT in os.environ


def reckons_with_days(item: Any) -> bool:
    """Return whether a test counts days from today, or reads the demonstration."""
    if any(part in item.path.as_posix() for part in OF_ANY_DAY):
        return False
    code = getattr(getattr(item, "function", None), "__code__", None)
    used = {*getattr(item, "fixturenames", ()), *(names_of(code) if code else ())}
    return bool(used & RECKONING)


def names_of(code: CodeType) -> Iterator[str]:
    """Yield the names that a function uses, and those within it."""
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from names_of(one)


def for_the_demonstration() -> dict[str, str]:
    """Return the variables that put commands on a demonstration on the day of the tests."""
    if not is_given():
        return {}
    return {other_day.SHIFT: os.environ[TEST_SHIFT], "KOMMISSORIUM_DEMO": "1"}
