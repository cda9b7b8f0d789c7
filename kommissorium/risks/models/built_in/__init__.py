"""The threats that come along, in our own words."""

from __future__ import annotations

from kommissorium.risks.models.built_in.attacks import ATTACKS
from kommissorium.risks.models.built_in.events import EVENTS
from kommissorium.risks.models.built_in.shape import BuiltIn

__all__ = ["BUILT_IN", "BuiltIn"]

BUILT_IN: dict[str, BuiltIn] = {**ATTACKS, **EVENTS}
