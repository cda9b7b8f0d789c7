"""Awareness: information and teaching, whom it reached, and its results."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import EMPLOYEES, FEW, OPEN, Itself, Readers, under
from kommissorium.registers.config import RegisterConfig


class AwarenessConfig(RegisterConfig):
    """The room of the register of information and teaching."""

    default = True
    name = "kommissorium.awareness"
    readers: ClassVar[Readers] = {
        "awarenessfinding": under("activity"),
        "awarenesssettings": OPEN,
        "completion": Itself(EMPLOYEES),
        "groupfigures": Itself(FEW),
    }
