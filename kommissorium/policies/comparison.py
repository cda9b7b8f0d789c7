"""Two versions of a text held against each other, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kommissorium.core.comparing import Fold, compare, folded, pieces_of_html, pieces_of_words
from kommissorium.policies.models import Version
from kommissorium.policies.uploads import marked_words


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, in folds; `by_words` where a file is compared, whose look is not known."""

    folds: Sequence[Fold]
    by_words: bool
    changed: int


def compare_texts(old: str, new: str) -> Comparison:
    """Compare two formatted texts."""
    changes = compare(pieces_of_html(old), pieces_of_html(new))
    return Comparison(folded(changes), False, sum(one.is_change for one in changes))


def compare_versions(old: Version, new: Version) -> Comparison:
    """Compare two versions: their own texts by blocks, else sentence by sentence."""
    if not (old.file_text or new.file_text):
        return compare_texts(old.text, new.text)
    changes = compare(pieces_of_words(words_of(old)), pieces_of_words(words_of(new)))
    return Comparison(folded(changes), True, sum(one.is_change for one in changes))


def words_of(version: Version) -> str:
    """Return what a version says as the text of a file is read."""
    return version.file_text or marked_words(version.text)
