"""A comparison of two texts, as a page shows it: the differences, the rest folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kommissorium.core.comparing import Fold, compare, folded, pieces_of_html, pieces_of_words


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences, in folds; `by_words` for a compared file, whose formatting is unknown."""

    folds: Sequence[Fold]
    by_words: bool
    changed: int


def compare_texts(old: str, new: str) -> Comparison:
    """Compare two formatted texts."""
    changes = compare(pieces_of_html(old), pieces_of_html(new))
    return Comparison(folded(changes), False, sum(one.is_change for one in changes))


def compare_words(old: str, new: str) -> Comparison:
    """Compare two texts without formatting, sentence by sentence."""
    changes = compare(pieces_of_words(old), pieces_of_words(new))
    return Comparison(folded(changes), True, sum(one.is_change for one in changes))
