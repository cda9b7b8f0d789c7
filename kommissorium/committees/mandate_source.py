"""The text a mandate was read from, line by line, and what was doubtful when it was read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from django.utils.translation import gettext as _

from kommissorium.committees.reader import understand
from kommissorium.committees.reader.lines import list_mark
from kommissorium.measures.codes import Measure

# What says nothing, blanks to fill in included: the reader shows "xxxxx" as an ellipsis.
_NOISE: Final = re.compile(r"[xX]{3,}|[\W_]+")
_SHORTEST: Final = 3
# A heading such as "Members" stands in many clauses by chance: a few letters count only where
# the reading has come to.
_TELLING: Final = 14
_NEAR: Final = 3
_AT_ONCE: Final = 200  # words of a line that are compared together
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
    went into the same clause. `loose` is what of it is in no clause.
    """

    text: str
    clause: str
    is_first: bool
    loose: tuple[str, ...] = ()


def source_lines(text: str, clauses: Sequence[Numbered]) -> list[SourceLine]:
    """Return the lines that are not empty, in order.

    Words are compared without spaces and marks, so that a word split at a line's end is found;
    the mark of a list is no word. Where a line went into several clauses the first is named.
    """
    places = [(clause.number, plain(clause.text)) for clause in clauses]
    told = _Told([words for _number, words in places])
    lines: list[SourceLine] = []
    last = 0
    for line in filter(None, map(str.strip, text.splitlines())):
        bare = line[len(list_mark(line)[0]) :]
        last, number = _found(plain(bare), places, last)
        loose: tuple[str, ...] = ()
        if not number:
            at, loose = told.parts(bare)
            last, number = (last, "") if at is None else (at, places[at][0])
        is_first = not lines or lines[-1].clause != number
        lines.append(SourceLine(_MARK.sub("", line), number, is_first, loose))
    return lines


class _Told:
    """The words of all clauses, in which those of a line are looked for piece by piece."""

    def __init__(self, clauses: Sequence[str]) -> None:
        self._text = "\n".join(clauses)
        self._starts = [0]
        for words in clauses:
            self._starts.append(self._starts[-1] + len(words) + 1)

    def parts(self, line: str) -> tuple[int | None, tuple[str, ...]]:
        """Return the first clause that has a telling part of the line, and what is in none."""
        first, loose = None, list[str]()
        words = line.split()
        for start in range(0, len(words), _AT_ONCE):
            for part, place in self._pieces(words[start : start + _AT_ONCE]):
                first = place if first is None else first
                if place is None and len(plain(part)) >= _TELLING:
                    loose.append(part)
        return first, tuple(loose) if first is not None else (line,)

    def _pieces(self, words: list[str]) -> Iterator[tuple[str, int | None]]:
        """Yield the words in pieces, as long as they can be, each with its clause; None for none."""
        at, missed, any_found = 0, 0, False
        while at < len(words):
            end, run = at, ""
            while end < len(words) and (longer := run + plain(words[end])) in self._text:
                end, run = end + 1, longer
            if len(run) >= _TELLING or (any_found and run and end == len(words)):
                if missed < at:
                    yield " ".join(words[missed:at]), None
                yield " ".join(words[at:end]), bisect_right(self._starts, self._text.index(run)) - 1
                at, missed, any_found = end, end, True
            else:
                at += 1
        if missed < at:
            yield " ".join(words[missed:at]), None


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


# Places left to be filled in, as mandates are handed from one municipality to the next.
_BLANK: Final = re.compile(r"…|[xX]{3,}|_{3,}|\.{3,}")
# What these measure by is a figure that the text names.
_FIGURE_OF: Final = {
    Measure.MEETINGS_PER_YEAR: "min_per_year",
    Measure.CALENDAR_HORIZON: "horizon_months",
}


def has_blank(text: str) -> bool:
    """Return whether a text holds a place to be filled in, as "Head of xxxxx"."""
    return _BLANK.search(text) is not None


def doubt_of_seat(function: str) -> str:
    """Return the doubt about a seat; "" for nothing."""
    if not function.strip():
        return _("The text names no function here. Write it, or leave it open until it is known.")
    if has_blank(function):
        return _("The text has a blank here. Write what belongs in it.")
    return ""


def doubt_of_clause(text: str, measure: str, figures: dict[str, object]) -> str:
    """Return the doubt about a clause that is no seat, beside its measure; "" for nothing."""
    if has_blank(text):
        return _("The text has a blank here. Write what belongs in it.")
    figure = next((name for code, name in _FIGURE_OF.items() if code == measure), "")
    if figure and not figures.get(figure):
        return _("The text names no figure to measure this by. Write it, if there is one.")
    return ""


def unplaced_lines(text: str, clauses: Sequence[Numbered]) -> list[str]:
    """Return what of a text is in no clause, line by line, and is no heading or blank either."""
    found = understand(text)
    headings = [plain(heading) for heading in (found.title, *found.headings)]
    return [
        part
        for line in source_lines(text, clauses)
        for part in line.loose
        if plain(part) and not any(plain(part) in heading for heading in headings)
    ]
