"""The app configuration of the room controls."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class ControlsConfig(RegisterConfig):
    """The room of the statement of applicability."""

    default = True
    name = "kommissorium.controls"
