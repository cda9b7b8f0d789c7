"""Security projects and technical measures: what is under way, how it stands, and what it shows."""

from __future__ import annotations

from kommissorium.registers.config import RegisterConfig


class ProjectsConfig(RegisterConfig):
    """The room of the register of projects and technical measures."""

    default = True
    name = "kommissorium.projects"
