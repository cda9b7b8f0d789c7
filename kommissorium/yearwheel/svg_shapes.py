"""Lines and arcs of a circle as SVG paths, and the width of texts beside them."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Final

SIZE: Final = 1000
CENTRE: Final = SIZE / 2
HALF: Final = 0.5
THREE, NINE = 0.25, 0.75  # o'clock
FULL: Final = 0.998  # an arc that ends where it begins is no arc


def point(radius: float, turn: float) -> tuple[float, float]:
    """Return where on the sheet a place of the circle is."""
    angle = 2 * pi * turn
    return CENTRE + radius * sin(angle), CENTRE - radius * cos(angle)


def line(inner: float, outer: float, turn: float) -> str:
    """Return the path of a line outwards."""
    return f"M{_at(inner, turn)}L{_at(outer, turn)}"


def band(inner: float, outer: float, start: float, end: float) -> str:
    """Return the path around a piece of a ring, clockwise from `start` to `end`."""
    end = min(end, start + FULL)
    large = int(end - start > HALF)
    return (
        f"M{_at(outer, start)}A{outer:.1f} {outer:.1f} 0 {large} 1 {_at(outer, end)}"
        f"L{_at(inner, end)}A{inner:.1f} {inner:.1f} 0 {large} 0 {_at(inner, start)}Z"
    )


def rail(radius: float, start: float, end: float, *, backwards: bool) -> str:
    """Return the path that words run along; backwards in the lower half, or they stand on end."""
    end = min(end, start + FULL)
    large = int(end - start > HALF)
    first, last = (end, start) if backwards else (start, end)
    sweep = 0 if backwards else 1
    arc = f"A{radius:.1f} {radius:.1f} 0 {large} {sweep}"
    return f"M{_at(radius, first)}{arc} {_at(radius, last)}"


def is_below(turn: float) -> bool:
    """Return whether a place lies in the lower half, where words run the other way."""
    return THREE < turn % 1 < NINE


def length(radius: float, turns: float) -> float:
    """Return how long a stretch of the circle is."""
    return 2 * pi * radius * turns


def turns(radius: float, distance: float) -> float:
    """Return how much of the circle a length takes."""
    return distance / (2 * pi * radius)


def _at(radius: float, turn: float) -> str:
    x, y = point(radius, turn)
    return f"{x:.1f} {y:.1f}"


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
