"""The kit that registers are built with, and how they join the committee's work."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from kommissorium.core.evidence.row_readers import (
    EMPLOYEES,
    OPEN,
    OWN,
    Itself,
    Kept,
    Readers,
    under,
)


class RegistersConfig(AppConfig):
    """The room of what all registers have in common; itself it is none."""

    name = "kommissorium.registers"
    readers: ClassVar[Readers] = {
        "bulkrow": under("change"),
        "dailyfigures": OPEN,
        "importedrow": under("run"),
        "importrun": Itself(EMPLOYEES),
        "savedlist": Kept(OWN),
    }
