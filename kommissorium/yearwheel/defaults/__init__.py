"""The default year of a Danish municipality, to adopt from and adapt."""

from __future__ import annotations

from typing import Final

from kommissorium.yearwheel.defaults.following import FOLLOWING
from kommissorium.yearwheel.defaults.model import DutyDefault
from kommissorium.yearwheel.defaults.people import PEOPLE
from kommissorium.yearwheel.defaults.steering import STEERING

__all__ = ["DEFAULTS", "DutyDefault"]

DEFAULTS: Final[tuple[DutyDefault, ...]] = (*STEERING, *PEOPLE, *FOLLOWING)
