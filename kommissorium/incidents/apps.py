"""Incidents: what was reported, by when it must be told to whom, and what was learned of it."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class IncidentsConfig(RegisterConfig):
    """The room of the register of incidents."""

    default = True
    name = "kommissorium.incidents"
