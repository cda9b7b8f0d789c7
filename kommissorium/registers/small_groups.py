"""Groups large enough to show: fewer than five people must not be told apart by their figures.

A group that is hidden alone could be found by taking the others from the whole. So the smallest
of the others is hidden with it, until at least two are and they are five people together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

LEAST: Final = 5


def parted[T](groups: Iterable[T], people: Callable[[T], int]) -> tuple[list[T], list[T]]:
    """Return the groups that can be shown, and those that are hidden; of equals the first first."""
    smallest_first = sorted(groups, key=people)
    hidden = [one for one in smallest_first if people(one) < LEAST]
    shown = smallest_first[len(hidden) :]
    while hidden and shown and (len(hidden) == 1 or sum(map(people, hidden)) < LEAST):
        hidden.append(shown.pop(0))
    return shown, hidden
