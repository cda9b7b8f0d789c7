"""Replaces characters that our fonts lack, as PDF/A and PDF/UA demand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from typing import Any

from kommissorium.core.richtext import printable, shows

RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", ""})
SQUARE = "\N{WHITE SQUARE}"
_COMPLAINT = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NOT_LATIN = re.compile(
    "[^\x00-\x7e\xa0-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u20ac\u25a1]"
)


class Scripts(Enum):
    """The letters to let through, from all to the fewest."""

    ALL = "all"
    LEFT_TO_RIGHT = "left to right"
    LATIN = "latin"


def printable_data(value: Any) -> Any:
    """Return the data with every text in it printable."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: printable_data(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [printable_data(inner) for inner in value]
    return value


def undisplayable(diagnostic: str) -> frozenset[str]:
    """Return the texts that the typesetter says no font can show."""
    found = (
        _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        for text in _COMPLAINT.findall(diagnostic)
    )
    return frozenset(text for text in found if text and not text.isascii())


def legible(json_text: str, missing: frozenset[str], scripts: Scripts) -> str:
    """Return JSON with undisplayable characters as a square, or removed if invisible anyway.

    Missing are these texts, and all letters outside `scripts`.
    """
    if missing:
        longest_first = sorted(missing, key=len, reverse=True)
        pattern = re.compile("|".join(re.escape(text) for text in longest_first))
        json_text = pattern.sub(lambda match: _stand_in(match[0]), json_text)
    if scripts is Scripts.ALL:
        return json_text
    is_kept = _is_latin if scripts is Scripts.LATIN else _is_left_to_right
    return "".join(c if is_kept(c) else _stand_in(c) for c in json_text)


def _is_latin(character: str) -> bool:
    return not _NOT_LATIN.match(character)


def _is_left_to_right(character: str) -> bool:
    return unicodedata.bidirectional(character) not in RIGHT_TO_LEFT


def _stand_in(text: str) -> str:
    return SQUARE if shows(text) else ""
