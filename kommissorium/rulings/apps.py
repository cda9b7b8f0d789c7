"""The app configuration of the room rulings."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class RulingsConfig(RegisterConfig):
    """The room of interpretations and dispensations."""

    default = True
    name = "kommissorium.rulings"
