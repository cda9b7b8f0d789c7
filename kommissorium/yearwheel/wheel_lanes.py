"""Lanes of the drawn wheel, which arcs and words have room, and their shapes as SVG paths.

The outermost lane is number 0. Two stretches of a lane never touch, their words included.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import accumulate
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
    return sum(map(_thousandths, text)) * size / 1000


def _thousandths(letter: str) -> int:
    return _WIDTHS.get(letter, _WIDEST)


def shortened(text: str, size: float, most: float) -> str:
    """Return the text, or its beginning and an ellipsis where it is longer than `most`."""
    # Where each beginning of it ends, the empty one first.
    ends = list(accumulate(map(_thousandths, text), initial=0))
    if ends[-1] * size / 1000 <= most:
        return text
    dots = _thousandths(ELLIPSIS)
    fitting = bisect(ends, most, key=lambda end: (end + dots) * size / 1000)
    kept = text[: max(fitting - 1, 0)]
    return kept.rstrip(" ,.:;-–") + ELLIPSIS


OUTER: Final = 392.0  # where the outermost lane begins
INNER: Final = 132.0  # where the innermost must end
GAP: Final = 0.0025  # between two of a lane, in turns: one day
AIR: Final = 5.0  # between a stretch and its words
CLEAR: Final = 14.0  # between words and the next stretch, which they must not seem to name
MOST_WORDS: Final = (250.0, 170.0, 120.0)  # how long words can be, the first that fits
NARROW: Final = 0.7  # how much of a narrow lane is filled
CROWDED: Final = 26  # lanes, from which on the stretches are drawn shorter
LEADS: Final = (365, 30, 14, 7, 4)  # days, the longest that is drawn


@dataclass(frozen=True)
class LaneLook:
    """Dimensions of the lanes: their distance, the thickness of arcs, and the size of words."""

    pitch: float
    thickness: float
    letters: float

    @property
    def lanes(self) -> int:
        return int((OUTER - INNER) / self.pitch)

    def middle(self, lane: int) -> float:
        """Return the radius of the middle of a lane."""
        return OUTER - (lane + 0.5) * self.pitch


WORDED: Final = (LaneLook(28, 17, 18), LaneLook(23.5, 14, 17), LaneLook(20, 12, 16))


@dataclass(frozen=True)
class LaneStretch:
    """A stretch of time in turns, and its words; the smaller `rank`, the sooner it gets them."""

    start: float
    end: float
    words: str
    rank: int


@dataclass(frozen=True)
class Words:
    """Words beside a stretch, from `start` to `end` in turns."""

    text: str
    start: float
    end: float
    comes_before: bool


@dataclass(frozen=True)
class Laid:
    """Place of a stretch; without words where there is no room for them."""

    lane: int
    words: Words | None = None


@dataclass
class _Lane:
    """Taken stretches of a lane, in order."""

    taken: list[tuple[float, float]] = field(default_factory=list)

    def takes(self, start: float, end: float) -> bool:
        """Take the room if it is free, and return whether it was."""
        index = bisect(self.taken, (start, end))
        if index and self.taken[index - 1][1] + GAP > start:
            return False
        if index < len(self.taken) and self.taken[index][0] - GAP < end:
            return False
        self.taken.insert(index, (start, end))
        return True

    def leaves(self, start: float, end: float) -> None:
        """Free what was taken."""
        self.taken.remove((start, end))


def lay(stretches: Sequence[LaneStretch]) -> tuple[LaneLook, list[Laid]]:
    """Return the largest look in which all words have room, and where each stretch runs.

    Where no look has room for all the words, it is the one that has room for most of them;
    where even the stretches alone need more lanes, all words go and the lanes become narrow.
    """
    lanes = numbers_of(stretches)
    number = max(lanes, default=0) + 1
    best: tuple[LaneLook, list[Laid]] | None = None
    for look in WORDED:
        if number > look.lanes:
            continue
        found = _with_words(stretches, lanes, look)
        if best is None or _worded(found) > _worded(best[1]):
            best = look, found
        if _worded(found) == len(stretches):
            break
    return best or _without_words(lanes, number)


def numbers_of(stretches: Sequence[LaneStretch]) -> list[int]:
    """Return each stretch's lane; there are as many as stretches at the same time, not more."""
    order = sorted(range(len(stretches)), key=lambda index: stretches[index].start)
    lanes = [0] * len(stretches)
    busy: list[tuple[float, int]] = []
    free: list[int] = []
    for index in order:
        while busy and busy[0][0] + GAP <= stretches[index].start:
            heappush(free, heappop(busy)[1])
        lane = heappop(free) if free else len(busy)
        lanes[index] = lane
        heappush(busy, (stretches[index].end, lane))
    return lanes


def _without_words(lanes: Sequence[int], number: int) -> tuple[LaneLook, list[Laid]]:
    pitch = (OUTER - INNER) / number
    return LaneLook(pitch, pitch * NARROW, 0), [Laid(lane) for lane in lanes]


def _with_words(
    stretches: Sequence[LaneStretch], lanes: Sequence[int], look: LaneLook
) -> list[Laid]:
    """Give words room beside their stretches, which move to another lane for it if need be."""
    ring = [_Lane() for _number in range(look.lanes)]
    found = [Laid(lane) for lane in lanes]
    for stretch, number in zip(stretches, lanes, strict=True):
        ring[number].taken.append((stretch.start, stretch.end))
    for lane in ring:
        lane.taken.sort()
    for index in sorted(range(len(stretches)), key=lambda index: stretches[index].rank):
        stretch, old = stretches[index], ring[lanes[index]]
        old.leaves(stretch.start, stretch.end)
        laid = _room(stretch, ring, look)
        if laid is None:
            old.takes(stretch.start, stretch.end)
        found[index] = laid or found[index]
    return found


def _room(stretch: LaneStretch, ring: Sequence[_Lane], look: LaneLook) -> Laid | None:
    """Take the outermost room for a stretch with its words; as few of them as it must be."""
    for most in MOST_WORDS:
        text = shortened(stretch.words, look.letters, most)
        length = width(text, look.letters)
        for number, lane in enumerate(ring):
            radius = look.middle(number)
            for words in _words(stretch, text, radius, length):
                if lane.takes(*_span(stretch, words, turns(radius, CLEAR))):
                    return Laid(number, words)
    return None


def _words(stretch: LaneStretch, text: str, radius: float, length: float) -> Iterator[Words]:
    """Yield the words after the stretch and before it, where the year has room for them."""
    room, air = turns(radius, length), turns(radius, AIR)
    if stretch.end + air + room <= 1:
        yield Words(text, stretch.end + air, stretch.end + air + room, comes_before=False)
    if stretch.start - air - room >= 0:
        yield Words(text, stretch.start - air - room, stretch.start - air, comes_before=True)


def _span(stretch: LaneStretch, words: Words, clear: float) -> tuple[float, float]:
    if words.comes_before:
        return words.start - clear, stretch.end
    return stretch.start, words.end + clear


def _worded(found: Sequence[Laid]) -> int:
    return sum(laid.words is not None for laid in found)
