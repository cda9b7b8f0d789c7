"""Objectives: what the committee wants reached in a year, and how it is measured."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import Readers, under
from kommissorium.registers.config import RegisterConfig


class ObjectivesConfig(RegisterConfig):
    """The room of the register of objectives."""

    default = True
    name = "kommissorium.objectives"
    readers: ClassVar[Readers] = {
        "measurement": under("objective"),
    }
