"""Risks: how they are assessed, treated and accepted, and the level the committee sets."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import OPEN, Readers, under
from kommissorium.registers.config import RegisterConfig


class RisksConfig(RegisterConfig):
    """The room of the register of risks."""

    default = True
    name = "kommissorium.risks"
    readers: ClassVar[Readers] = {
        "acceptedrisk": under("acceptance"),
        "authoritylimit": OPEN,
        "cellchange": OPEN,
        "cellcount": OPEN,
        "importedassessment": under("assessment", "run"),
        "scale": OPEN,
        "threat": OPEN,
    }
