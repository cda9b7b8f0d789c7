"""Incidents: reports, notifications with their deadlines, and lessons."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import (
    CASES,
    OPEN,
    SIGN_IN,
    Itself,
    Kept,
    Readers,
    under,
)
from kommissorium.registers.config import RegisterConfig


class IncidentsConfig(RegisterConfig):
    """The room of the register of incidents."""

    default = True
    name = "kommissorium.incidents"
    readers: ClassVar[Readers] = {
        "awareness": under("incident"),
        "checklist": OPEN,
        "concernedperson": Kept(CASES),
        "entry": under("incident"),
        "handler": under("incident"),
        "incident": Itself(CASES),
        "incidentsettings": Kept(SIGN_IN),
        "lesson": under("evaluation"),
        "notification": Itself(CASES),
        "step": under("incident"),
    }
