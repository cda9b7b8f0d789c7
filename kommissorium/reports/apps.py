"""Reports: the status of a quarter as a committee approves it, made of what all registers say."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class ReportsConfig(RegisterConfig):
    """The room of the reports."""

    default = True
    name = "kommissorium.reports"
