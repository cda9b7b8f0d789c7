"""Arranges periods in lanes of the drawn wheel, and decides which have room for words.

The outermost lane is number 0. Two stretches of a lane never touch, their words included.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Final

from kommissorium.yearwheel.svg_shapes import shortened, turns, width

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
        for number, lane in enumerate(ring):
            radius = look.middle(number)
            for words in _words(stretch, look, radius, most):
                if lane.takes(*_span(stretch, words, turns(radius, CLEAR))):
                    return Laid(number, words)
    return None


def _words(stretch: LaneStretch, look: LaneLook, radius: float, most: float) -> Iterator[Words]:
    """Yield the words after the stretch and before it, where the year has room for them."""
    text = shortened(stretch.words, look.letters, most)
    room, air = turns(radius, width(text, look.letters)), turns(radius, AIR)
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
