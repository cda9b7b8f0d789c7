"""Finds the row of headings in a table: it need not be the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kommissorium.core.documents.sheet_parser.limits import MOST_COLUMNS
from kommissorium.core.documents.sheet_parser.rows import Merges, SheetRow, Value

LONGEST: Final = 200
DEEPEST: Final = 3
_LETTER: Final = re.compile(r"[^\W\d_]")
_DAY: Final = re.compile(r"\d{1,4}[-./ ]+(?:\d{1,2}|[^\W\d_]{3,9})[-./ ]+\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns that have a heading, up to a limit, and the rows they were found in.

    `left_over` is how many more columns have one.
    """

    first: int
    last: int
    columns: list[int]
    titles: list[str]
    left_over: int
    numbered: bool


def find_headings(rows: Sequence[SheetRow], merges: Merges) -> Headings:
    """Return the headings among the first rows of a table, of which there is at least one.

    The first row that is filled half as wide as the widest one and reads like names; where no
    row does, the first that is as wide.
    """
    widest = max(row.filled for row in rows)
    least = min(max(2, (widest + 1) // 2), widest)
    wide = [row for row in rows if len(row.values) >= least] or list(rows)
    chosen = next((row for row in wide if _reads_like_names(row)), wide[0])
    last = _last_row(chosen, merges)
    titles = _titles([row for row in rows if chosen.number <= row.number <= last], merges)
    columns = sorted(titles)
    kept = columns[:MOST_COLUMNS]
    unique, numbered = _numbered([titles[column] for column in kept])
    return Headings(chosen.number, last, kept, unique, len(columns) - len(kept), numbered)


def _reads_like_names(row: SheetRow) -> bool:
    names = [value for value in row.values.values() if _is_name(value)]
    return len(names) * 5 >= len(row.values) * 4 and not row.faults


def _is_name(value: Value) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= LONGEST
        and _LETTER.search(value) is not None
        and _DAY.match(value) is None
    )


def _last_row(row: SheetRow, merges: Merges) -> int:
    """Return the last row of headings: a heading may be merged down over several."""
    bottoms = [merge.bottom for merge in merges.starting_in(row.number)]
    return min(max([row.number, *bottoms]), row.number + DEEPEST - 1)


def _titles(rows: Sequence[SheetRow], merges: Merges) -> dict[int, str]:
    """Return the heading of each column; those in several rows are read from above."""
    parts: dict[int, list[str]] = {}
    for row in rows:
        values = dict(row.values)
        if len(rows) > 1:
            for merge in merges.starting_in(row.number):
                if merge.left in values:
                    span = range(merge.left, min(merge.right, merge.left + MOST_COLUMNS) + 1)
                    values |= dict.fromkeys(span, values[merge.left])
        for column, value in values.items():
            title = " ".join(str(value).split())[:LONGEST]
            if title and title not in parts.setdefault(column, []):
                parts[column].append(title)
    return {column: " ".join(titles) for column, titles in parts.items() if titles}


def _numbered(titles: list[str]) -> tuple[list[str], bool]:
    """Return the titles so that no two are the same, and whether any had to be numbered."""
    taken: set[str] = set()
    unique = []
    following: dict[str, int] = {}
    for title in titles:
        found, key = title, title.casefold()
        while found.casefold() in taken:
            following[key] = following.get(key, 1) + 1
            found = f"{title} ({following[key]})"
        taken.add(found.casefold())
        unique.append(found)
    return unique, unique != titles
