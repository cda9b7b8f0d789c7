"""The headings of a version: what comments are given at, and where the parts of the frame stand."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from django.utils.text import slugify

from kommissorium.core.richtext import Heading, to_blocks
from kommissorium.policies.models import Version

MARK: Final = "#"  # begins a heading in the text read out of a file
MOST: Final = 180  # letters of a key


class HeadingLine(NamedTuple):
    """A heading: its key, which lasts as long as its words do, and what it says."""

    key: str
    title: str


def headings_of(version: Version) -> list[HeadingLine]:
    """Return the headings in their order; of two that say the same the later is numbered."""
    if version.text:
        blocks = (one for one in to_blocks(version.text) if isinstance(one, Heading))
        titles = ["".join(run.text for run in one.runs) for one in blocks]
    else:
        lines = version.file_text.splitlines()
        titles = [one.lstrip(f"{MARK} ") for one in lines if one.startswith(MARK)]
    seen: Counter[str] = Counter()
    found = []
    for title in filter(str.strip, titles):
        key = slugify(title.replace("ø", "o").replace("Ø", "o"))[:MOST] or "afsnit"
        seen[key] += 1
        found.append(HeadingLine(key if seen[key] == 1 else f"{key}-{seen[key]}", title))
    return found
