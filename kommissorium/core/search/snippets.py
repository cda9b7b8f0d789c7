"""A few words of a passage around what was asked for, with the hits marked."""

from __future__ import annotations

from typing import Final

from kommissorium.core.search.stems import stems_of, words_of
from kommissorium.core.search.word_index import PREFIX_FROM

AROUND: Final = 110  # characters on either side

type Marked = list[tuple[bool, str]]  # (is a hit, text)


def snippet(text: str, question: str) -> Marked:
    """Return the part of the text around its first hit, cut between words, hits marked."""
    flat = " ".join(text.split())
    hits = marked_places(flat, question)
    first = hits[0][0] if hits else 0
    start = flat.rfind(" ", 0, max(first - AROUND, 0)) + 1 if first > AROUND else 0
    end = len(flat) if len(flat) - start <= 2 * AROUND else flat.rfind(" ", 0, start + 2 * AROUND)
    end = end if end > start else min(start + 2 * AROUND, len(flat))
    pieces = _marked(flat, [hit for hit in hits if start <= hit[0] and hit[1] <= end], start, end)
    dots = [(False, "… ")] if start else []
    return [*dots, *pieces, *([(False, " …")] if end < len(flat) else [])]


def marked_places(text: str, question: str) -> list[tuple[int, int]]:
    """Return where words of the question stand in the text, in any form."""
    stems = tuple(stems_of(question))
    opening = tuple(one for one in stems if len(one) >= PREFIX_FROM)
    return [
        (start, end)
        for start, end, stem in words_of(text)
        if stem in stems or (opening and stem.startswith(opening))
    ]


def _marked(text: str, hits: list[tuple[int, int]], start: int, end: int) -> Marked:
    pieces, at = list[tuple[bool, str]](), start
    for begin, stop in hits:
        pieces += [(False, text[at:begin]), (True, text[begin:stop])]
        at = stop
    return [piece for piece in [*pieces, (False, text[at:end])] if piece[1]]
