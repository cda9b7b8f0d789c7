"""How bad a risk would be, as a proposal: by what its assets need kept secret, right and reachable.

It is never part of a risk by itself: a person reads it and presses a button.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kommissorium.assets.models import Asset, Level
from kommissorium.risks.models import DIMENSIONS

NEEDS = ("confidentiality", "integrity", "availability")  # in the order of the dimensions


@dataclass(frozen=True, slots=True)
class StepProposal:
    """Steps of consequence by dimension; empty where nothing is known of the assets."""

    steps: Mapping[str, int]

    def filled(self, data: Any) -> Any:
        """Return posted data with what was left open as it is proposed."""
        found = data.copy()
        for name, step in self.steps.items():
            if not found.get(name):
                found[name] = str(step)
        return found


def proposed_steps(size: int, assets: Sequence[Asset]) -> dict[str, int]:
    """Return the step of each dimension on a scale of so many: by the greatest need of the assets.

    Of data subjects nothing is proposed where none of the assets holds personal data.
    """
    holding = [one for one in assets if one.holds_personal_data]
    found = {}
    for names, those in ((DIMENSIONS[:3], holding), (DIMENSIONS[3:], assets)):
        for name, need in zip(names, NEEDS, strict=True):
            most = max((getattr(one, need) or 0 for one in those), default=0)
            if most:
                found[name] = -(-most * size // max(Level.values))
    return found
