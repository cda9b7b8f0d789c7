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
# Words that lose an e in other forms, at the end of longer ones too: trusler, cybertruslen.
SHORTENED: Final = {"trusl": "trussel", "regl": "regel", "artikl": "artikel"}
# Letters that some keyboards lack: however one spells Aagaard or haendelse, it is one word.
# Before an ending, as in skemaet and risikoen, they are letters of their own.
SPELLED: Final = re.compile("aa|[ao]e(?!(?:ns?|ts?|rs?|rnes?|nes?)?$)")
LETTERS: Final = {"aa": "å", "ae": "æ", "oe": "ø"}
LONGEST: Final = 60  # letters of a word; what is longer is no word
# 2026/3-5 and 2026-003: words parted by strokes; with a digit somewhere it is one word of its own.
PARTING: Final = re.compile("[/-]")
PARTED: Final = re.compile(r"(?<![^\W_])[^\W_]++(?:[/-][^\W_]++)++")


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of a text begins and ends, and its stem.

    The text is to be in composed form, as all texts of ours are.
    """
    for match in WORD.finditer(text):
        yield match.start(), match.end(), stem(match.group().lower())


def stems_of(text: str) -> list[str]:
    """Return the stems of the words of a text, in order; then its numbers, each as one word."""
    small = unicodedata.normalize("NFC", text).lower()
    return [*map(stem, WORD.findall(small)), *_numbers_in(small)]


def stems_asked(question: str) -> list[str]:
    """Return the stems that what is asked for must have; a number is asked for as a whole."""
    small = unicodedata.normalize("NFC", question).lower()
    without = PARTED.sub(lambda found: " " if _is_number(found[0]) else found[0], small)
    return list(dict.fromkeys([*_numbers_in(small), *map(stem, WORD.findall(without))]))


def _numbers_in(text: str) -> list[str]:
    """Return the numbers of a text as words, however they are parted: 2026-003 is 2026x3."""
    found = filter(_is_number, PARTED.findall(text))
    return ["x".join(part.lstrip("0") or "0" for part in PARTING.split(one)) for one in found]


def _is_number(text: str) -> bool:
    return len(text) <= LONGEST and any(sign.isdigit() for sign in text)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a word of small letters without its Danish ending, æ, ø and å spelled as two letters."""
    whole = SPELLED.sub(lambda found: LETTERS[found[0]], word[:LONGEST])
    # One stemmer for each word: it keeps the word it works on, and threads would share it.
    found: str = snowballstemmer.stemmer("danish").stemWord(whole)
    found = IRREGULAR.get(word, found)
    for short, full in SHORTENED.items():
        found = found.removesuffix(short) + full if found.endswith(short) else found
    for two, letter in LETTERS.items():
        found = found.replace(letter, two)
    return found
