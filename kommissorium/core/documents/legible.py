"""Keeps text to what our fonts can show, which PDF/A and PDF/UA demand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from kommissorium.core.richtext import printable

SQUARE = "\N{WHITE SQUARE}"
_COMPLAINT = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NOT_LATIN = re.compile(
    "[^\x00-\x7e\xa0-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u20ac\u25a1]"
)


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


def legible(json_text: str, missing: frozenset[str], *, latin_only: bool) -> str:
    """Return JSON with what cannot be shown as a square, or gone where it is invisible anyway.

    With `latin_only`, all that is not Latin letters and common signs counts as missing.
    """
    if missing:
        longest_first = sorted(missing, key=len, reverse=True)
        pattern = re.compile("|".join(re.escape(text) for text in longest_first))
        json_text = pattern.sub(lambda match: _stand_in(match[0]), json_text)
    return _NOT_LATIN.sub(lambda m: _stand_in(m[0]), json_text) if latin_only else json_text


def _stand_in(text: str) -> str:
    invisible = all(unicodedata.category(c) in {"Cf", "Mn", "Me"} for c in text)
    return "" if invisible else SQUARE
