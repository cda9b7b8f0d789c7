"""Systems, data sets and physical archives, and those who own them."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class AssetsConfig(RegisterConfig):
    """The room of the registers of what the municipality has to protect."""

    default = True
    name = "kommissorium.assets"
