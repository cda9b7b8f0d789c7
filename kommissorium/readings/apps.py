"""The app configuration of the room readings."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import EMPLOYEES, Kept, Readers, under
from kommissorium.registers.config import RegisterConfig


class ReadingsConfig(RegisterConfig):
    """The room of who is to read documents, and has."""

    default = True
    name = "kommissorium.readings"
    readers: ClassVar[Readers] = {
        "audience": under("document"),
        "reading": Kept(EMPLOYEES),
    }
