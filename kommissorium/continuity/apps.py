"""Continuity: services that must go on, the plans for when they stop, and the tests of them."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class ContinuityConfig(RegisterConfig):
    """The room of the register of continuity."""

    default = True
    name = "kommissorium.continuity"
