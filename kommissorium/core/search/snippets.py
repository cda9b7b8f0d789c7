"""Shows the words around a hit, with the hits marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from kommissorium.core.search.words import PREFIX_FROM, stems_marked, words_of

AROUND: Final = 110  # characters on either side
LIST_MARK: Final = re.compile(r"^[ \t]*[-–—•*·]+[ \t]+", re.MULTILINE)  # as plain text has it
PARTING: Final = re.compile(r"[\n\t]")
SENTENCE_ENDS: Final = (".", ",", ":", ";", "!", "?")

type Marked = list[tuple[bool, str]]  # (is a hit, text)


class Asked(NamedTuple):
    """The stems whose words are marked: as they are, and what begins so."""

    whole: frozenset[str]
    begun: frozenset[str]

    @classmethod
    def of(cls, stems: Iterable[str]) -> Asked:
        return cls(frozenset(), frozenset(stems))


def snippet(text: str, question: str | Asked) -> Marked:
    """Return the part of the text around its first hit, cut between words, hits marked."""
    flat = in_one_line(text)
    asked = _asked(question)
    first = next((at for at, _end, stems in words_of(flat) if asked(stems)), 0)
    start = flat.rfind(" ", 0, max(first - AROUND, 0)) + 1 if first > AROUND else 0
    end = len(flat) if len(flat) - start <= 2 * AROUND else flat.rfind(" ", 0, start + 2 * AROUND)
    end = end if end > start else min(start + 2 * AROUND, len(flat))
    pieces = _marked(flat[start:end], question)
    dots = [(False, "… ")] if start else []
    return [*dots, *pieces, *([(False, " …")] if end < len(flat) else [])]


def in_one_line(text: str) -> str:
    """Return a text in one line; lines, or cells, of their own are separated by dots."""
    parts = [" ".join(part.split()) for part in PARTING.split(LIST_MARK.sub("", text))]
    ends = ("" if not part else " " if part.endswith(SENTENCE_ENDS) else " · " for part in parts)
    return "".join(f"{part}{end}" for part, end in zip(parts, ends, strict=True)).strip(" ·")


def marked_places(text: str, question: str | Asked) -> list[tuple[int, int]]:
    """Return the places of the question's words in the text, in any form."""
    asked = _asked(question)
    return [(start, end) for start, end, stems in words_of(text) if asked(stems)]


def _asked(question: str | Asked) -> Callable[[Iterable[str]], bool]:
    """Return a test of whether one of a word's stems was asked for, or begins with one that was."""
    whole, begun = question if isinstance(question, Asked) else Asked.of(stems_marked(question))
    opening = tuple(one for one in begun if len(one) >= PREFIX_FROM)
    return lambda stems: any(
        one in whole or one in begun or one.startswith(opening) for one in stems
    )


def _marked(text: str, question: str | Asked) -> Marked:
    pieces, at = list[tuple[bool, str]](), 0
    for begin, stop in marked_places(text, question):
        pieces += [(False, text[at:begin]), (True, text[begin:stop])]
        at = stop
    return [piece for piece in [*pieces, (False, text[at:])] if piece[1]]
