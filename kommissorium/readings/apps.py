"""The app configuration of the room readings."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class ReadingsConfig(RegisterConfig):
    """The room of who is to read documents, and has."""

    default = True
    name = "kommissorium.readings"
