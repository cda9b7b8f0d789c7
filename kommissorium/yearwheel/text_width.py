"""Estimates the width of a text in the typeface of the pages (IBM Plex Sans)."""

from __future__ import annotations

from typing import Final

ELLIPSIS: Final = "…"
# Thousandths of the size of the letters; what is not listed takes as much as the widest.
_WIDTHS: Final = {
    letter: width
    for width, letters in {
        270: " ',.:;!ijl’|",
        350: "()[]frt/",
        410: '-I"*',
        510: "acgksvxyzåäJL?",
        580: "bdehnopquEFSTZø_éöü–",
        610: "0123456789PVXYC+=",
        670: "ABDKRUÅ&",
        720: "GHNOQØ#",
        790: "w…",
        820: "M",
        900: "mWæÆ@%",
    }.items()
    for letter in letters
}
_WIDEST: Final = 1000


def width(text: str, size: float) -> float:
    """Return how long the text is at a size of letters."""
    return sum(_WIDTHS.get(letter, _WIDEST) for letter in text) * size / 1000


def shortened(text: str, size: float, most: float) -> str:
    """Return the text, or its beginning and an ellipsis where it is longer than `most`."""
    if width(text, size) <= most:
        return text
    kept = text
    while kept and width(kept + ELLIPSIS, size) > most:
        kept = kept[:-1]
    return kept.rstrip(" ,.:;-–") + ELLIPSIS
