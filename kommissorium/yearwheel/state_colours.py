"""Colours and patterns of the states on the wheel, and its legend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kommissorium.yearwheel.wheel_entries import EntryState, WheelEntry

PLAIN_EDGE: Final = "none"


@dataclass(frozen=True)
class Paint:
    """Values of SVG's `fill` and `stroke`. A pattern is one of yearwheel/patterns.svg."""

    fill: str
    edge: str = PLAIN_EDGE


PAINTS: Final[Mapping[EntryState, Paint]] = {
    "overdue": Paint("url(#wheel-overdue)"),
    "soon": Paint("url(#wheel-soon)"),
    "minutes": Paint("#c9d6e8", "#2c5a94"),
    "open": Paint("#8fa5c2"),
    "projected": Paint("#ffffff", "#8fa5c2"),
    "done": Paint("#2d7d4c"),
    "done_with_fault": Paint("url(#wheel-fault)"),
    "skipped": Paint("url(#wheel-skipped)", "#8e8e8e"),
}


def legend(entries: Iterable[WheelEntry]) -> list[tuple[EntryState, Paint, int]]:
    """Return the states that occur, each with how it looks and how many there are."""
    counts: Counter[EntryState] = Counter()
    for entry in entries:
        counts[entry.state] += entry.number
    return [(state, paint, counts[state]) for state, paint in PAINTS.items() if counts[state]]
