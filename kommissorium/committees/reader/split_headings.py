"""Joins headings that a line end has split."""

# ruff: noqa: PLR2004 - the numbers are lengths of words and lines, as the code says
from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kommissorium.committees.reader.headings import heading_kind
from kommissorium.committees.reader.lines import TextLine
from kommissorium.committees.reader.text import Joiner

CLOSED: Final = (".", "!", "?", ":", ";", ".)", '."', ".”")
_OPEN_ENDED: Final = re.compile(
    r"(?:-|,|&|\b(?:og|och|and|eller|or|for|för|of|the|i|in|på|til|till|to|af|av|deres|sine|its))$",
    re.IGNORECASE,
)


def with_whole_headings(lines: list[TextLine], joiner: Joiner) -> list[TextLine]:
    """Join headings that a line end has split, as "3. Ansvar og opgaver i for-" and "hold til"."""
    joined: list[TextLine] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        before = joined[-1] if joined else None
        opens = before is not None and _opens(before, joined[-2] if len(joined) > 1 else None)
        if before and opens and _is_rest_of_heading(before, line, following, joiner):
            joined[-1] = replace(before, text=joiner.join(before.text, line.text))
        else:
            joined.append(line)
    return joined


def _opens(line: TextLine, before: TextLine | None) -> bool:
    """Return whether a line can open a heading: numbered, titled or free of the line before."""
    free = line.after_blank or before is None or before.text.endswith(CLOSED)
    return line.style != "bullet" and not line.cells and bool(line.style or line.titled or free)


def _is_rest_of_heading(
    first: TextLine, rest: TextLine, following: TextLine | None, joiner: Joiner
) -> bool:
    if rest.after_blank or rest.style or rest.cells or rest.titled or first.cells:
        return False
    if first.style == "bullet" or len(first.text) > 100 or len(rest.text) > 60:
        return False
    if first.text.endswith(CLOSED) or rest.text.endswith((*CLOSED, ",")):
        return False
    if not (rest.text[:1].islower() or _OPEN_ENDED.search(first.text)):
        return False
    ended = following is None or bool(
        following.after_blank or following.style or following.text[:1].isupper()
    )
    whole = joiner.join(first.text, rest.text)
    known = heading_kind(whole) is not None
    numbered = bool(first.style or first.titled) and len(whole.split()) <= 14
    return ended and (known or (numbered and first.style != "bare"))
