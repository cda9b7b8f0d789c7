"""Forgives a typing error: what stands for a word that nobody wrote, one letter from it.

Nothing is kept for it, and the words of the index are not asked for: each spelling one letter away
is looked for among what a person may see. So it tells no word of what they may not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

from kommissorium.core.search.finding import (
    MOST_FOUND,
    MOST_WEIGHED,
    Among,
    Found,
    by_names,
    in_text,
    newest,
)
from kommissorium.core.search.models import Passage
from kommissorium.core.search.snippets import Asked
from kommissorium.core.search.words import (
    PREFIX_FROM,
    WORD,
    Wanted,
    small_of,
    stem,
    stems_asked,
    stems_of,
)

SHORTEST: Final = 4  # letters of a word that is forgiven; of fewer, all words are near
MOST_WORDS: Final = 6  # of a question

type Said = tuple[int, list[str], list[str]]  # letters forgiven, the stems as written, the others


def find_near(question: str, among: Among, most: int = MOST_FOUND) -> tuple[list[Found], Asked]:
    """Return the passages with words nearest to those of the question, and what is marked in them.

    Of a question with more words than one, only those that ask for the fewest other letters count.
    """
    wanted = near_asked(question)
    if not wanted or not among:
        return [], Asked(frozenset(), frozenset())
    rows = newest(wanted, among, most)[:MOST_WEIGHED]
    words = dict(Passage.objects.filter(pk__in=[row[0] for row in rows]).values_list("pk", "words"))
    said = {row[0]: _said(wanted, words.get(row[0], "").split()) for row in rows}
    fewest = min((one[0] for one in said.values() if one), default=0)
    found, others = list[Found](), set[str]()
    for pk, kind, object_id, title, heading in rows:
        one = said[pk]
        if one and one[0] == fewest:
            stems = [*one[2], *one[1]]
            weight = by_names(stems, title, heading) + in_text(stems, words[pk])
            found.append(Found(pk, kind, object_id, weight))
            others.update(one[2])
    found.sort(key=lambda one: (-one.weight, -one.passage_id))
    return found, Asked(frozenset(others), frozenset(one[0] for one in wanted))


def near_asked(question: str) -> tuple[Wanted, ...]:
    """Return the words of a question, each with its near ones; none where no word has any."""
    stems = stems_asked(question)
    if len(stems) > MOST_WORDS:
        return ()
    of_words = {stem(word): word for word in WORD.findall(small_of(question))}
    wanted = tuple((one, *sorted(_near_stems(one, of_words.get(one, one)))) for one in stems)
    return wanted if any(len(one) > 1 for one in wanted) else ()


def near_marked(question: str) -> Asked:
    """Return what is marked in a text that holds words near to those of the question."""
    wanted = near_asked(question)
    others = frozenset(near for one in wanted for near in one[1:])
    return Asked(others, frozenset(one[0] for one in wanted))


def near_weigher(question: str) -> Callable[[str, str, str], int]:
    """Return what weighs a text that no row keeps by words near to those of the question."""
    wanted = near_asked(question)

    def weight(title: str, heading: str, text: str) -> int:
        words = stems_of(f"{title} {heading} {text}")
        said = _said(wanted, words) if wanted else None
        stems = [*said[2], *said[1]] if said else []
        return (
            (1 + by_names(stems, title, heading) + in_text(stems, " ".join(words))) if said else 0
        )

    return weight


@lru_cache(maxsize=500)
def _near_stems(first: str, word: str) -> frozenset[str]:
    """Return the stems of the words a letter away; the ending of a wrong word is wrong, too."""
    if len(word) < SHORTEST or not (first.isascii() and first.isalpha()):
        return frozenset()  # of numbers each is its own
    found = {*_spellings(first), *map(stem, _spellings(word))} - {first}
    return frozenset(one for one in found if len(one) >= PREFIX_FROM)


def _spellings(word: str) -> Iterator[str]:
    """Yield a word with a letter too few, too many, of another, or two that changed places."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield before + after[1:2] + after[0] + after[2:]
        for letter in ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def _said(wanted: Sequence[Wanted], words: list[str]) -> Said | None:
    """Return how much a text says of what is wanted; None where it says not all of it."""
    whole, written, others = set(words), list[str](), list[str]()
    for first, *near in wanted:
        if first in whole or (
            len(first) >= PREFIX_FROM and any(w.startswith(first) for w in words)
        ):
            written.append(first)
        elif here := whole.intersection(near):
            others += sorted(here)
        else:
            return None
    return len(wanted) - len(written), written, others
