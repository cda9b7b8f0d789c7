"""Standards whose requirements duties can cover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kommissorium.yearwheel.standards.default_requirements import tags_of
from kommissorium.yearwheel.standards.iso27001 import ISO_27001, ISO_27002
from kommissorium.yearwheel.standards.model import Chapter, Requirement, Standard
from kommissorium.yearwheel.standards.nis2 import NIS_2

__all__ = ["STANDARDS", "Chapter", "Requirement", "Standard", "is_requirement", "tags_of"]

STANDARDS: Final[Mapping[str, Standard]] = {
    standard.code: standard for standard in (ISO_27001, ISO_27002, NIS_2)
}

_NAMES: Final = frozenset(
    standard.tag_name(one.number) for standard in STANDARDS.values() for one in standard
)


def is_requirement(tag_name: str) -> bool:
    """Return whether a tag stands for a requirement, by its name."""
    return tag_name in _NAMES
