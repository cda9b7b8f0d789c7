"""The text a mandate was read from, line by line, and the clause each line belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

# What says nothing, blanks to fill in included: the reader shows "xxxxx" as an ellipsis.
_NOISE: Final = re.compile(r"[xX]{3,}|[\W_]+")
_SHORTEST: Final = 3
# A heading such as "Members" stands in many clauses by chance: a few letters count only where
# the reading has come to.
_TELLING: Final = 14
_NEAR: Final = 3
_MARK: Final = re.compile(r"^[^\w(\[{\"'“»]+(?=\w)")


class Numbered(Protocol):
    @property
    def number(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True)
class SourceLine:
    """A line and the number of the clause its words are in; "" where they are in none.

    Headings and lead-ins usually are in none. `is_first` is the first of several lines that
    went into the same clause.
    """

    text: str
    clause: str
    is_first: bool


def source_lines(text: str, clauses: Sequence[Numbered]) -> list[SourceLine]:
    """Return the lines that are not empty, in order.

    Words are compared without spaces and marks, so that a word split at a line's end is found.
    """
    places = [(clause.number, plain(clause.text)) for clause in clauses]
    lines: list[SourceLine] = []
    last = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        last, number = _found(plain(line), places, last)
        is_first = not lines or lines[-1].clause != number
        lines.append(SourceLine(_MARK.sub("", line.strip()), number, is_first))
    return lines


def _found(words: str, places: Sequence[tuple[str, str]], last: int) -> tuple[int, str]:
    # Clauses follow the text: look on from the last one found, then from the start.
    following = range(last, len(places))
    if len(words) < _SHORTEST:
        return last, ""
    where = [*following, *range(last)] if len(words) >= _TELLING else following[:_NEAR]
    found = next((place for place in where if words in places[place][1]), None)
    return (last, "") if found is None else (found, places[found][0])


def plain(text: str) -> str:
    """Return the words of a text without spaces, marks and case; "" for blanks to fill in."""
    return _NOISE.sub("", text).casefold()
