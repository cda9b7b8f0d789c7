"""Which groups can be shown: of fewer than five people nobody is to learn what one of them did.

A group that is hidden alone could be found by taking the others from the whole. So the smallest
of the others is hidden with it, until at least two are and they are five people together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kommissorium.awareness.models.figures import NUMBERS, GroupFigures

LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class Published:
    """What anybody may see of the groups of an activity; `total` is None where it tells of few."""

    rows: Sequence[GroupFigures]
    hidden: int
    total: Mapping[str, int] | None


def published(figures: Iterable[GroupFigures]) -> Published:
    """Return the groups that can be shown, how many are not, and the sums of all."""
    rows = list(figures)
    smallest_first = sorted(rows, key=lambda one: (one.people, one.pk or 0))
    hidden = [one for one in smallest_first if one.people < LEAST]
    shown = smallest_first[len(hidden) :]
    while hidden and shown and (len(hidden) == 1 or _people(hidden) < LEAST):
        hidden.append(shown.pop(0))
    kept = {id(one) for one in shown}
    whole = {name: sum(getattr(one, name) for one in rows) for name in NUMBERS}
    return Published(
        [one for one in rows if id(one) in kept],
        len(hidden),
        whole if whole["people"] >= LEAST else None,
    )


def _people(rows: Iterable[GroupFigures]) -> int:
    return sum(one.people for one in rows)
