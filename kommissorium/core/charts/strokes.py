"""How the kinds of a picture are told apart, with and without colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Stroke:
    """Look of one line: its colour, its dashes and the mark at its end, drawn around 0,0."""

    colour: str
    dashes: str
    mark: str


STROKES: Final = (
    Stroke("#004d99", "none", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"),
    Stroke("#9c0000", "9 4", "M-5-5h10v10h-10z"),
    Stroke("#8a4700", "3 4", "M0-6l6 11h-12z"),
    Stroke("#454545", "12 3 2 3", "M0-6l6 6l-6 6l-6-6z"),
)

# How grave something is, as in matrix.css and kit.typ; words or numbers always say it too.
TONES: Final[Mapping[str, str]] = {
    "green": "#bfe0c0",
    "lightgreen": "#e2f0cd",
    "yellow": "#fff0b3",
    "orange": "#ffce9e",
    "red": "#f2abab",
}


@dataclass(frozen=True, slots=True)
class Fill:
    """Look of a part of a bar or of a field of a strip: what fills it, and its edge.

    `hatch` is a path over the middle of it, so that it is told apart in grey.
    """

    colour: str
    edge: str
    hatch: str = ""


# By the tones of states; the hatch is drawn in a field of 8 by 16.
FILLS: Final[Mapping[str, Fill]] = {
    "success": Fill("#d9ead7", "#1d5c1f"),
    "warning": Fill("#ffe9a8", "#6b4a00", "M1 8h6"),
    "error": Fill("#f6cccc", "#9c0000", "M1.5 2.5l5 11M6.5 2.5l-5 11"),
    "waiting": Fill("#f0f5fa", "#0059b3", "M4 4v8"),
    "neutral": Fill("#f5f5f5", "#595959", "M3.5 8h1"),
}
PARTS: Final = (
    Fill("#004d99", "#003366"),
    Fill("#7fa8d4", "#003366"),
    Fill("#d4e2f1", "#003366"),
    Fill("#ffffff", "#595959"),
)
