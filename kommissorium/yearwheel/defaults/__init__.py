"""The default duties of a Danish municipality, to adopt and adapt: what only a person can do.

What registers and plans put on the wheel themselves, and what the program watches and tells of by
itself, is not among them.
"""

from __future__ import annotations

from typing import Final

from kommissorium.yearwheel.defaults.governance import STEERING
from kommissorium.yearwheel.defaults.incidents_and_audit import FOLLOWING
from kommissorium.yearwheel.defaults.model import DutyDefault
from kommissorium.yearwheel.defaults.owners_and_employees import PEOPLE

__all__ = ["DEFAULTS", "DutyDefault"]

DEFAULTS: Final[tuple[DutyDefault, ...]] = (*STEERING, *PEOPLE, *FOLLOWING)
