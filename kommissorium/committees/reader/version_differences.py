"""Differences between two versions of a mandate, clause by clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

from kommissorium.core.comparing.texts import diff_words

FIELDS: Final = (
    "kind",
    "text",
    "measure",
    "cadence_months",
    "min_per_year",
    "max_per_year",
    "horizon_months",
)
_ALIKE: Final = 0.5
_MOST_PAIRS: Final = 100_000


class ClauseLike(Protocol):
    """The compared fields of a clause, be it read from a text or kept in the database."""

    @property
    def number(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def measure(self) -> str | None: ...
    @property
    def cadence_months(self) -> int | None: ...
    @property
    def min_per_year(self) -> int | None: ...
    @property
    def max_per_year(self) -> int | None: ...
    @property
    def horizon_months(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in both versions, or in one of them.

    `kind` is same, changed, added, removed or moved (the same words elsewhere in the order, or
    under another kind). `differences` names the FIELDS that differ. `segments` is the text cut
    into (op, words), op being same, removed or added.
    """

    kind: Literal["same", "changed", "added", "removed", "moved"]
    old: ClauseLike | None
    new: ClauseLike | None
    differences: tuple[str, ...] = ()
    segments: tuple[tuple[str, str], ...] = field(default=())


def compare(old: Sequence[ClauseLike], new: Sequence[ClauseLike]) -> list[ClauseChange]:
    """Return the change of every clause: in the order of `new`, the removed ones last.

    Clauses of one kind are matched by their words, so a clause that only got another number
    counts as the same.
    """
    pairs = _matched(old, new)
    in_order = _in_order(pairs)
    changes = [
        _change(old[pairs[place]], clause, moved=place not in in_order)
        if place in pairs
        else ClauseChange("added", None, clause, segments=(("added", clause.text),))
        for place, clause in enumerate(new)
    ]
    kept = set(pairs.values())
    return changes + [
        ClauseChange("removed", clause, None, segments=(("removed", clause.text),))
        for place, clause in enumerate(old)
        if place not in kept
    ]


def _matched(old: Sequence[ClauseLike], new: Sequence[ClauseLike]) -> dict[int, int]:
    """Return the clause of `old`, by place, that each clause of `new` continues."""
    pairs: dict[int, int] = {}
    _match_equal(old, new, pairs, across_kinds=False)
    _match_alike(old, new, pairs)
    _match_equal(old, new, pairs, across_kinds=True)
    return pairs


def _match_equal(
    old: Sequence[ClauseLike],
    new: Sequence[ClauseLike],
    pairs: dict[int, int],
    *,
    across_kinds: bool,
) -> None:
    taken = set(pairs.values())
    waiting: dict[tuple[str, str], list[int]] = {}
    for place, clause in enumerate(old):
        if place not in taken:
            key = ("" if across_kinds else clause.kind, _plain(clause.text))
            waiting.setdefault(key, []).append(place)
    for place, clause in enumerate(new):
        found = waiting.get(("" if across_kinds else clause.kind, _plain(clause.text)))
        if place not in pairs and found:
            pairs[place] = found.pop(0)


def _match_alike(
    old: Sequence[ClauseLike], new: Sequence[ClauseLike], pairs: dict[int, int]
) -> None:
    """Pair clauses of one kind that share at least half their words, the most alike first."""
    taken = set(pairs.values())
    olds = [
        (p, c.kind, Counter(_plain(c.text).split())) for p, c in enumerate(old) if p not in taken
    ]
    news = [
        (p, c.kind, Counter(_plain(c.text).split())) for p, c in enumerate(new) if p not in pairs
    ]
    if len(olds) * len(news) > _MOST_PAIRS:
        return
    scored = [
        (_likeness(before, after), -abs(there - here), here, there)
        for there, kind, before in olds
        for here, new_kind, after in news
        if kind == new_kind
    ]
    for likeness, _distance, here, there in sorted(scored, reverse=True):
        if likeness >= _ALIKE and here not in pairs and there not in taken:
            pairs[here] = there
            taken.add(there)


def _likeness(before: Counter[str], after: Counter[str]) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    total = before.total() + after.total()
    return 2 * (before & after).total() / total if total else 1.0


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _in_order(pairs: dict[int, int]) -> set[int]:
    """Return the most clauses of `new` that stand in the order they had; the others moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for place in sorted(pairs):
        at = bisect_left(tails, pairs[place])
        before[place] = ends[at - 1] if at else None
        tails[at : at + 1] = [pairs[place]]
        ends[at : at + 1] = [place]
    kept: set[int] = set()
    place_or_none: int | None = ends[-1] if ends else None
    while place_or_none is not None:
        kept.add(place_or_none)
        place_or_none = before[place_or_none]
    return kept


def _change(old: ClauseLike, new: ClauseLike, *, moved: bool) -> ClauseChange:
    differences = tuple(
        name for name in FIELDS if (getattr(old, name) or None) != (getattr(new, name) or None)
    )
    if not set(differences) - {"kind"}:
        kind: Literal["same", "moved"] = "moved" if moved or differences else "same"
        return ClauseChange(kind, old, new, differences, (("same", new.text),))
    return ClauseChange("changed", old, new, differences, tuple(diff_words(old.text, new.text)))
