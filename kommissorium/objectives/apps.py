"""Objectives: what the committee wants reached in a year, and how it is measured."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class ObjectivesConfig(RegisterConfig):
    """The room of the register of objectives."""

    default = True
    name = "kommissorium.objectives"
