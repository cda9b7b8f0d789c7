"""Words that come along in Danish and English, and data beside the code, from .toml files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
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


def starters_of(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the texts to begin with of a .toml file in the active language, by their codes.

    Each has a `name`, and its texts by the fields that they are for.
    """
    language = "en" if get_language() == "en" else "da"
    return {code: found[language] for code, found in _kept(path).items()}


@cache
def _kept(path: Path) -> dict[str, Any]:
    return data_of(path)


def data_of(path: Path) -> dict[str, Any]:
    """Return what a .toml file says."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
