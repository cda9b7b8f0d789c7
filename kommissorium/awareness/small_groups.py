"""The public figures of an activity's groups: those of five people and more."""

from __future__ import annotations

from collections.abc import Iterable

from kommissorium.awareness.models.activities import NUMBERS, GroupFigures, Published
from kommissorium.registers.small_groups import LEAST, parted


def published(figures: Iterable[GroupFigures]) -> Published:
    """Return the groups that can be shown, the number of others, and the sums of all."""
    rows = list(figures)
    by_key = sorted(rows, key=lambda one: one.pk or 0)
    shown, hidden = parted(by_key, lambda one: one.people)
    kept = {id(one) for one in shown}
    whole = {name: sum(getattr(one, name) for one in rows) for name in NUMBERS}
    return Published(
        [one for one in rows if id(one) in kept],
        len(hidden),
        whole if whole["people"] >= LEAST else None,
    )
