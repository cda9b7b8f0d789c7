"""Compares two texts piece by piece, and what changed, or two short texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final, Literal

from kommissorium.core.comparing.pieces import Piece

_MOST_WORDS: Final = 3_000
_WORD: Final = re.compile(r"\w+|[^\w\s]|\s+")


def diff_words(old: str, new: str) -> list[tuple[str, str]]:
    """Return both texts cut into (op, words): same, removed or added."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if old == new:
        return [("same", new)]
    if len(before) + len(after) > _MOST_WORDS:
        return [("removed", old), ("added", new)]
    segments: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _op, start, stop, new_start, new_stop in matcher.get_opcodes():
        if _op == "equal":
            segments.append(("same", "".join(after[new_start:new_stop])))
            continue
        if stop > start:
            segments.append(("removed", "".join(before[start:stop])))
        if new_stop > new_start:
            segments.append(("added", "".join(after[new_start:new_stop])))
    return segments


_ALIKE: Final = 0.5
_WINDOW: Final = 25  # how far ahead a changed piece is looked for
_FEW_WORDS: Final = 4  # shorter ones stand in many places and did not move
_MOST_PIECES: Final = 2_000  # above it, those that stand there very often pair nothing
_MOST_EFFORT: Final = 4_000_000  # pairs of words; beyond it what changed is told whole
_MOVED_ALIKE: Final = (
    0.65  # what moved and changed is known again by more words than its neighbours
)
_MOST_PAIRS: Final = 40_000  # of pieces that went and came; above it none is looked for
_AROUND: Final = 1  # unchanged pieces shown beside what changed

type Kind = Literal["same", "look", "changed", "added", "removed", "moved", "left"]


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a piece.

    `kind` is same, look (the same words, formatted or linked otherwise), changed, added, removed,
    moved (its words stood elsewhere, the same or nearly) or left (they stand elsewhere now).
    `segments` are its words cut into (op, words), op being same, removed or added.
    """

    kind: Kind
    old: Piece | None
    new: Piece | None
    segments: tuple[tuple[str, str], ...] = field(default=())

    @property
    def piece(self) -> Piece:
        """Return the piece as it is now, or was last."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 one of the two is there
        return found

    @property
    def is_change(self) -> bool:
        return self.kind != "same"

    @property
    def is_rewritten(self) -> bool:
        """Return whether some of its words differ from before."""
        return any(op != "same" for op, _words in self.segments)


@dataclass(frozen=True, slots=True)
class Fold:
    """Consecutive changes; those `is_folded` are the same in both and summed up in a line."""

    changes: tuple[Change, ...]
    is_folded: bool


def compare(old: Sequence[Piece], new: Sequence[Piece]) -> list[Change]:
    """Return the change of every piece, in the order of `new`; removed ones where they stood."""
    many = len(old) + len(new) > _MOST_PIECES
    matcher = SequenceMatcher(None, old, new, autojunk=many)
    found = list[Change]()
    effort = _Effort(_MOST_EFFORT)
    for op, start, stop, new_start, new_stop in matcher.get_opcodes():
        if op == "equal":
            pairs = zip(old[start:stop], new[new_start:new_stop], strict=True)
            found += [_same(before, after) for before, after in pairs]
        else:
            found += _aligned(old[start:stop], new[new_start:new_stop], effort)
    return _with_changed_moves(_with_moves(found), effort)


def folded(changes: Sequence[Change]) -> list[Fold]:
    """Return the changes, folding unchanged ones that are not next to a changed one.

    Headings over what changed stay visible.
    """
    changed = [place for place, one in enumerate(changes) if one.is_change]
    shown = {near for at in changed for near in range(at - _AROUND, at + _AROUND + 1)}
    for at in changed:
        shown |= _headings_over(changes, at)
    parts = groupby(range(len(changes)), key=lambda place: place not in shown)
    return [Fold(tuple(changes[place] for place in places), hidden) for hidden, places in parts]


def _headings_over(changes: Sequence[Change], at: int) -> set[int]:
    """Return the place of the heading above a piece."""
    for place in range(at - 1, -1, -1):
        if changes[place].piece.kind == "heading":
            return {place}
    return set()


def _same(old: Piece, new: Piece) -> Change:
    return Change("same", old, new, (("same", new.words),))


@dataclass
class _Effort:
    """The number of pairs of words that may still be compared."""

    left: int

    def differ(self, old: str, new: str) -> list[tuple[str, str]]:
        """Return two texts cut into (op, words); whole where there is no effort left."""
        self.left -= len(old.split()) * len(new.split())
        return diff_words(old, new) if self.left > 0 else [("removed", old), ("added", new)]


def _aligned(old: Sequence[Piece], new: Sequence[Piece], effort: _Effort) -> Iterator[Change]:
    """Yield the changes of pieces that differ: each is paired with a similar one, in order."""
    olds, at, fresh = [_bag(piece) for piece in old], 0, list[Change]()
    for piece in new:
        partner = _partner(piece, old, olds, at)
        if partner is None:
            fresh.append(Change("added", None, piece, (("added", piece.words),)))
            continue
        yield from (*map(_removed, old[at:partner]), *fresh)
        yield _changed(old[partner], piece, effort)
        at, fresh = partner + 1, []
    yield from (*map(_removed, old[at:]), *fresh)


def _partner(
    piece: Piece, old: Sequence[Piece], olds: Sequence[frozenset[str]], at: int
) -> int | None:
    words, ahead = _bag(piece), range(at, min(at + _WINDOW, len(old)))
    scored = [
        (_likeness(olds[place], words), -place) for place in ahead if old[place].kind == piece.kind
    ]
    best, place = max(scored, default=(0.0, 0))
    return -place if best >= _ALIKE else None


def _changed(old: Piece, new: Piece, effort: _Effort) -> Change:
    if old.words == new.words:
        return Change("same" if old == new else "look", old, new, (("same", new.words),))
    return Change("changed", old, new, tuple(effort.differ(old.words, new.words)))


def _removed(piece: Piece) -> Change:
    return Change("removed", piece, None, (("removed", piece.words),))


def _bag(piece: Piece) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", piece.words.lower()))


def _likeness(before: frozenset[str], after: frozenset[str]) -> float:
    total = len(before) + len(after)
    return 2 * len(before & after) / total if total else 1.0


def _with_moves(changes: Sequence[Change]) -> list[Change]:
    """Return the changes, telling pieces removed here and present elsewhere as moved."""
    gone: dict[str, list[int]] = {}
    for place, one in enumerate(changes):
        if one.old and one.kind == "removed" and _is_told(one.old):
            gone.setdefault(one.old.words, []).append(place)
    found = list(changes)
    for place, one in enumerate(changes):
        if one.new and one.kind == "added" and (places := gone.get(one.new.words)):
            left = places.pop(0)
            segments = (("same", one.new.words),)
            found[place] = replace(one, kind="moved", old=changes[left].old, segments=segments)
            found[left] = replace(changes[left], kind="left", segments=segments)
    return found


def _with_changed_moves(changes: Sequence[Change], effort: _Effort) -> list[Change]:
    """Return the changes, telling pieces removed here and reworded elsewhere as moved."""
    found = list(changes)
    came = [at for at, one in enumerate(found) if one.kind == "added" and _is_told(one.piece)]
    gone = [at for at, one in enumerate(found) if one.kind == "removed" and _is_told(one.piece)]
    if len(came) * len(gone) > _MOST_PAIRS:
        return found
    bags = {at: _bag(found[at].piece) for at in (*came, *gone)}
    for at in came:
        same_kind = [left for left in gone if found[left].piece.kind == found[at].piece.kind]
        scored = [(_likeness(bags[left], bags[at]), -left) for left in same_kind]
        best, place = max(scored, default=(0.0, 0))
        if best < _MOVED_ALIKE:
            continue
        old, new = found[-place].piece, found[at].piece
        found[at] = Change("moved", old, new, tuple(effort.differ(old.words, new.words)))
        found[-place] = replace(found[-place], kind="left", segments=(("same", old.words),))
        gone.remove(-place)
    return found


def _is_told(piece: Piece) -> bool:
    return piece.kind == "heading" or len(piece.words.split()) >= _FEW_WORDS
