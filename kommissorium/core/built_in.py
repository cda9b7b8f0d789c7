"""Words that come along in Danish and English, and data beside the code, from .toml files."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages; as a text it is in the active one."""

    da: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.da


def data_of(path: Path) -> dict[str, Any]:
    """Return what a .toml file says."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
