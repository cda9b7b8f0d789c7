"""Incidents: reports, notifications with their deadlines, and lessons."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class IncidentsConfig(RegisterConfig):
    """The room of the register of incidents."""

    default = True
    name = "kommissorium.incidents"
