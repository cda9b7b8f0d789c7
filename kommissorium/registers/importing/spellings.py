"""Names that are spelled nearly alike, as “Social og Sundhed” and “Social & sundhed”."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from unicodedata import combining, normalize

from kommissorium.registers.importing.cells import folded

SAME: Final = "same:"  # begins the choice of another spelling of the file, before that spelling
SHORT: Final = 2  # letters of a word that tells names apart: “Hold A” is not “Hold B”
LONG: Final = 6  # letters from which on one may be wrong
_AND: Final = frozenset(("og", "and", "the"))
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})
_COMPANY: Final = re.compile(r"(?<=\w) (?:a s|as|aps|ivs|i s|k s|p s|ab|gmbh|inc|ltd)$")

type Trace = tuple[tuple[str, ...], str]


def nearly_alike(texts: Iterable[str]) -> Mapping[str, list[str]]:
    """Return by text all that are spelled nearly like it, itself among them, in the order given.

    Those are alike that differ by "og" and "&", spaces, the order of words, "ø" and "oe", what a
    company is, or one letter; never by a number.
    """
    order = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    found: dict[Trace, list[str]] = defaultdict(list)
    for text in order:
        for trace in _traces(text):
            found[trace].append(text)
    alike: dict[str, set[str]] = {text: {text} for text in order}
    for same in found.values():
        for text in same if len(same) > 1 else ():
            alike[text].update(same)
    return {text: sorted(others, key=order.__getitem__) for text, others in alike.items()}


def followed(choice: str | None, choices: Mapping[str, str]) -> tuple[str, str | None]:
    """Return the spelling that a choice leads to, "" for its own, and what is chosen for that.

    None is chosen where nothing is, and where spellings lead to each other.
    """
    spelling, passed = "", set()
    while choice is not None and choice.startswith(SAME) and choice not in passed:
        passed.add(choice)
        spelling = choice.removeprefix(SAME)
        choice = choices.get(folded(spelling) or spelling)
    return spelling, None if choice in passed else choice


def _traces(text: str) -> Iterator[Trace]:
    """Return what names that are nearly alike have in common: one of these at least."""
    words = [word for word in _COMPANY.sub("", _plain(text)).split() if word not in _AND]
    marks = tuple(sorted(one for one in words if len(one) <= SHORT or not one.isalpha()))
    whole = "".join(words)
    traces = {whole, "".join(sorted(words))} - {""}
    if len(whole) >= LONG:
        traces |= {whole[:place] + whole[place + 1 :] for place in range(len(whole))}
    yield from ((marks, trace) for trace in traces)


def _plain(text: str) -> str:
    letters = folded(text).translate(_LETTERS)
    return "".join(one for one in normalize("NFKD", letters) if not combining(one))
