"""Helpers of the reader's tests: fixtures, and the words that a reading kept."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from kommissorium.committees.reader import Understanding
from kommissorium.committees.reader.text import normalise

TEXTS = Path(__file__).resolve().parent / "texts"

# Words that join the parts of a list; the parts become clauses of their own.
_JOINING = {"while", "mens", "medan", "samt", "well", "finally", "sidst"}
_MARK = re.compile(r"^[\W_]*(?:[Ss]tk\b|\(?[ivx]+[.)])?")


def text_of(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")


def letters_lost(source: str, found: Understanding) -> Counter[str]:
    """Return the letters of long words in `source` that are nowhere in the reading."""
    wanted: Counter[str] = Counter()
    for line in normalise(source).replace("\f", "\n").split("\n"):
        for word in re.findall(r"[^\W\d_]{4,}", _MARK.sub("", line).lower()):
            if word not in _JOINING and word.strip("x"):
                wanted.update(word)
    parts = [found.title, *found.headings, *(clause.text for clause in found.clauses)]
    kept = Counter(character for part in parts for character in part.lower())
    return wanted - kept
