"""A few words of a passage around what was asked for, with the hits marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kommissorium.core.search.stems import stems_asked, words_of
from kommissorium.core.search.word_index import PREFIX_FROM

AROUND: Final = 110  # characters on either side

type Marked = list[tuple[bool, str]]  # (is a hit, text)


def snippet(text: str, question: str) -> Marked:
    """Return the part of the text around its first hit, cut between words, hits marked."""
    flat = " ".join(text.split())
    asked = _asked(question)
    first = next((at for at, _end, stem in words_of(flat) if asked(stem)), 0)
    start = flat.rfind(" ", 0, max(first - AROUND, 0)) + 1 if first > AROUND else 0
    end = len(flat) if len(flat) - start <= 2 * AROUND else flat.rfind(" ", 0, start + 2 * AROUND)
    end = end if end > start else min(start + 2 * AROUND, len(flat))
    pieces = _marked(flat[start:end], question)
    dots = [(False, "… ")] if start else []
    return [*dots, *pieces, *([(False, " …")] if end < len(flat) else [])]


def marked_places(text: str, question: str) -> list[tuple[int, int]]:
    """Return where words of the question stand in the text, in any form."""
    asked = _asked(question)
    return [(start, end) for start, end, stem in words_of(text) if asked(stem)]


def _asked(question: str) -> Callable[[str], bool]:
    """Return what tells whether a stem is one that was asked for, or begins with one."""
    stems = frozenset(stems_asked(question))
    opening = tuple(one for one in stems if len(one) >= PREFIX_FROM)
    return lambda stem: stem in stems or (bool(opening) and stem.startswith(opening))


def _marked(text: str, question: str) -> Marked:
    pieces, at = list[tuple[bool, str]](), 0
    for begin, stop in marked_places(text, question):
        pieces += [(False, text[at:begin]), (True, text[begin:stop])]
        at = stop
    return [piece for piece in [*pieces, (False, text[at:])] if piece[1]]
