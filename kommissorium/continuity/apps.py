"""Continuity: services that must go on, the plans for when they stop, and the tests of them."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import OPEN, Readers, under
from kommissorium.registers.config import RegisterConfig


class ContinuityConfig(RegisterConfig):
    """The room of the register of continuity."""

    default = True
    name = "kommissorium.continuity"
    readers: ClassVar[Readers] = {
        "continuityfinding": under("activity"),
        "continuitysettings": OPEN,
        "papercopy": OPEN,
    }
