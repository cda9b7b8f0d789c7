"""Words without their endings: politik, politikken and politikkerne are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import snowballstemmer

WORD: Final = re.compile(r"[^\W_]+")
IRREGULAR: Final = {"risici": "risiko", "risicis": "risiko", "risiciene": "risiko"}
LONGEST: Final = 60  # letters of a word; what is longer is no word


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of a text begins and ends, and its stem.

    The text is to be in composed form, as all texts of ours are.
    """
    for match in WORD.finditer(text):
        yield match.start(), match.end(), stem(match.group().lower())


def stems_of(text: str) -> list[str]:
    """Return the stems of the words of a text, in order."""
    words = WORD.findall(unicodedata.normalize("NFC", text).lower())
    return [stem(word) for word in words]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word of small letters without its Danish ending."""
    # One stemmer for each word: it keeps the word it works on, and threads would share it.
    found: str = snowballstemmer.stemmer("danish").stemWord(word[:LONGEST])
    return IRREGULAR.get(word, found)
