"""Targets that a column of a sheet can be mapped to, and how they are recognised by heading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from kommissorium.registers.importing.cells import Cell, Choices, folded, in_each_language, words_of

_NUMBERED = re.compile(r" \d+$")
_FILLERS = frozenset(("af", "på", "for", "om", "er", "den", "det", "of", "the", "on", "is"))


@dataclass(frozen=True)
class Target:
    """Target of a column: `code` is of the field, `label` is what people call it.

    `known` holds the headings it is known by, folded, the surest first; its label is known by
    itself. All columns that are recognised are taken for one that may have `many`, else the
    surest. `read` makes a value of a cell that is filled in, unless the cell is a name of a
    `group`. `choices` are all it can be, for words that mean none of them; what is chosen is
    read as if it stood in the cell. A cell that `says_several` can be more than one of them.
    """

    code: str
    label: str | Promise
    known: Sequence[str] = ()
    many: bool = False
    read: Callable[[Cell], object] = words_of
    group: str = ""
    choices: Choices = ()
    says_several: bool = False

    @property
    def headings(self) -> list[str]:
        """Return the headings it is known by and its label in each language, the surest first."""
        return [*self.known, *in_each_language(lambda: folded(self.label))]


def guess(targets: Sequence[Target], headings: Sequence[str]) -> dict[str, str]:
    """Return the target of each column that is recognised, by the column's number as text.

    A heading as it is known goes before the same words in another order, or with "af" between.
    """
    words = [folded(heading) for heading in headings]
    found: dict[str, str] = {}
    for spoken in (str, _in_any_order):
        for target in targets:
            if target.code not in found.values() or target.many:
                found |= _columns_of(target, words, found, spoken)
    return found


def _columns_of(
    target: Target, words: Sequence[str], taken: Mapping[str, str], spoken: Callable[[str], str]
) -> dict[str, str]:
    """Return the free columns whose headings, as they are `spoken`, are those of the target."""
    known = [spoken(heading) for heading in target.headings]
    told = [spoken(_NUMBERED.sub("", word) if target.many else word) for word in words]
    ranked = sorted((known.index(word), n) for n, word in enumerate(told) if word and word in known)
    free = [str(number) for _rank, number in ranked if str(number) not in taken]
    return dict.fromkeys(free if target.many else free[:1], target.code)


def _in_any_order(heading: str) -> str:
    return " ".join(sorted(word for word in heading.split() if word not in _FILLERS))


def guess_key(keys: Sequence[str], mapping: Mapping[str, str], shares: Mapping[str, float]) -> str:
    """Return the key whose columns are filled in most (`shares`, 0 to 1); of equals the surest.

    "" where no column can be a key.
    """
    filled = {
        target: max(shares.get(column, 0) for column, its in mapping.items() if its == target)
        for target in keys
        if target in mapping.values()
    }
    return max(filled, key=lambda target: filled[target], default="")


def columns_of(mapping: Mapping[str, str]) -> Mapping[str, Sequence[int]]:
    """Return the numbers of the columns by target."""
    columns: dict[str, list[int]] = defaultdict(list)
    for column in sorted(mapping, key=int):
        columns[mapping[column]].append(int(column))
    return dict(columns)
