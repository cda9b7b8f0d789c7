"""The parts of a status that are written by hand until a register offers them, and their order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.status import CONCLUSION
from kommissorium.registers.technical_areas import AREAS

PROJECTS: Final = "projects"
HANDWRITTEN: Final[Mapping[str, str | Promise]] = {
    "incidents": _("Incidents and their deadlines"),
    "awareness": _("Awareness"),
    "contingency": _("Continuity"),
    PROJECTS: _("Security projects"),
    **AREAS,
    "dispensations": _("Dispensations"),
}
# How the parts follow each other; what is not named here comes last.
ORDER: Final = (
    *(CONCLUSION, "risks", "accepted", "plans", "duties"),
    *("incidents", "awareness", "contingency", PROJECTS, *AREAS, "measures"),
    *("suppliers", "owners", "documents", "dispensations", "objectives"),
    *("compliance", "decisions"),
)


def place_of(code: str) -> int:
    """Return where a part stands in a status."""
    return ORDER.index(code) if code in ORDER else len(ORDER)
