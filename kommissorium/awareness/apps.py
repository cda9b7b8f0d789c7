"""Awareness: what people are told and taught, whom it reached, and what came of it."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class AwarenessConfig(RegisterConfig):
    """The room of the register of information and teaching."""

    default = True
    name = "kommissorium.awareness"
