"""Awareness: information and teaching, whom it reached, and its results."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class AwarenessConfig(RegisterConfig):
    """The room of the register of information and teaching."""

    default = True
    name = "kommissorium.awareness"
