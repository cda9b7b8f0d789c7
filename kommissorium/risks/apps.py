"""Risks: how they are assessed, treated and accepted, and the level the committee sets."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class RisksConfig(RegisterConfig):
    """The room of the register of risks."""

    default = True
    name = "kommissorium.risks"
