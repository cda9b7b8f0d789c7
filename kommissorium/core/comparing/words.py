"""Differences between two short texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

_MOST_WORDS: Final = 3_000
_WORD: Final = re.compile(r"\w+|[^\w\s]|\s+")


def diff_words(old: str, new: str) -> list[tuple[str, str]]:
    """Return both texts cut into (op, words): same, removed or added."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if old == new:
        return [("same", new)]
    if len(before) + len(after) > _MOST_WORDS:
        return [("removed", old), ("added", new)]
    segments: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _op, start, stop, new_start, new_stop in matcher.get_opcodes():
        if _op == "equal":
            segments.append(("same", "".join(after[new_start:new_stop])))
            continue
        if stop > start:
            segments.append(("removed", "".join(before[start:stop])))
        if new_stop > new_start:
            segments.append(("added", "".join(after[new_start:new_stop])))
    return segments
