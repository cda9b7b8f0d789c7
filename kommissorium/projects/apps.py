"""Security projects and technical measures: what is under way, how it stands, and what it shows."""

from __future__ import annotations

from typing import ClassVar

from kommissorium.core.evidence.row_readers import Readers, under
from kommissorium.registers.config import RegisterConfig


class ProjectsConfig(RegisterConfig):
    """The room of the register of projects and technical measures."""

    default = True
    name = "kommissorium.projects"
    readers: ClassVar[Readers] = {
        "measurestate": under("status", "measure"),
        "milestone": under("project"),
        "projectupdate": under("project"),
    }
