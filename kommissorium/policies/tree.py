"""The tree that documents stand in: by level, then by title, each under what it is written under."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kommissorium.policies.models import Document, Level
from kommissorium.registers.lists.ordering import in_danish_order

PLACES = {str(level): place for place, level in enumerate(Level.values)}


@dataclass
class Branch[T]:
    """A document in the tree, with those written under it."""

    row: T
    below: list[Branch[T]] = field(default_factory=list)


def tree_of[T](
    rows: Iterable[T], document: Callable[[T], Document], title: Callable[[T], str]
) -> list[Branch[T]]:
    """Return rows as a tree; one whose parent is not among them stands by itself."""
    by_title = in_danish_order(rows, title)
    by_level = sorted(by_title, key=lambda one: PLACES[document(one).level])
    branches = {document(one).pk: Branch(one) for one in by_level}
    roots: list[Branch[T]] = []
    for branch in branches.values():
        above = branches.get(document(branch.row).parent_id or 0)
        (above.below if above and above is not branch else roots).append(branch)
    return roots
