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
# What snowball does not know of: a text that has one is found by the other, at the end of longer
# words too: håndbøger, næstformænd. Both are kept, so that neither stops what is being typed.
SIBLINGS: Final = (
    *(("bog", "boeg"), ("mand", "maend"), ("barn", "boern"), ("haand", "haend")),
    *(("kraft", "kraeft"), ("konto", "konti"), ("kriterium", "kriteri"), ("medium", "medi")),
    *(("museum", "muse"), ("regist", "registr"), ("num", "numr"), ("cent", "centr")),
    *(("paramet", "parametr"), ("filt", "filtr"), ("kapitel", "kapitl"), ("titel", "titl")),
    *(("eksempel", "eksempl"), ("middel", "midl"), ("sik", "sikr")),
)
OF_VERB: Final = re.compile(r"(?<=\w{4})ering$")  # kryptering is of krypteret
ABBREVIATED: Final = re.compile(r"([^\W\d_]{2,})([0-9]+)")  # NIS2 is NIS 2
# Letters that some keyboards lack: however one spells Aagaard or haendelse, it is one word.
# Before an ending, as in skemaet and risikoen, they are letters of their own.
SPELLED: Final = re.compile("aa|[ao]e(?!(?:ns?|ts?|rs?|rnes?|nes?)?$)")
LETTERS: Final = {"aa": "å", "ae": "æ", "oe": "ø"}
LONGEST: Final = 60  # letters of a word; what is longer is no word
# 2026/3-5 and 2026-003: words parted by strokes, which end in a number, are one word of its own;
# it-chef is itchef.
PARTING: Final = re.compile("[/-]")
PARTED: Final = re.compile(r"(?<![^\W_])[^\W_]++(?:[/-][^\W_]++)++")


def words_of(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the start and end of each word of a text, and the stems it is kept by.

    The text is to be in composed form, as all texts of ours are.
    """
    for match in WORD.finditer(text):
        yield match.start(), match.end(), kept_by(match.group().lower())


def stems_of(text: str) -> list[str]:
    """Return the stems of the words of a text, in order; then its compound words, each as one."""
    small = _small(text)
    kept = [one for word in WORD.findall(small) for one in kept_by(word)]
    return [*kept, *filter(None, map(_whole, PARTED.findall(small)))]


def stems_asked(question: str) -> list[str]:
    """Return the stems that a question demands; a compound word is asked for as a whole."""
    small = _small(question)
    whole = map(_whole, PARTED.findall(small))
    without = PARTED.sub(lambda found: " " if _whole(found[0]) else found[0], small)
    return list(dict.fromkeys([*filter(None, whole), *_words_asked(without)]))


def stems_marked(question: str) -> set[str]:
    """Return the stems whose words are shown as hits: the parts of it-chef, too, not of numbers."""
    small = PARTED.sub(lambda found: " " if _is_number(found[0]) else found[0], _small(question))
    return {*stems_asked(question), *_words_asked(small)}


def _words_asked(small: str) -> Iterator[str]:
    for word in WORD.findall(small):
        parts = ABBREVIATED.fullmatch(word)
        yield from map(stem, parts.groups() if parts else [word])


def _small(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _whole(parted: str) -> str:
    """Return a compound as one: 2026-003 is 2026x3, it-chef is itchef; "" for ja/nej, nis2-lov."""
    if _is_number(parted):
        return "x".join(part.lstrip("0") or "0" for part in PARTING.split(parted))
    joined = parted.replace("-", "")
    return stem(joined) if len(joined) <= LONGEST and joined.isalpha() else ""


def _is_number(text: str) -> bool:
    return len(text) <= LONGEST and any(sign.isdigit() for sign in PARTING.split(text)[-1])


@lru_cache(maxsize=50_000)
def kept_by(word: str) -> tuple[str, ...]:
    """Return the stems by which a lower-case word is kept: its own first, then its siblings'."""
    first, parts = stem(word), ABBREVIATED.fullmatch(word)
    found = [first, *(map(stem, parts.groups()) if parts else ())]
    if _spelled_out(word).startswith(of_verb := f"{first}ering"):
        found.append(of_verb)  # krypteri is being typed
    for pair in SIBLINGS:
        for one, other in (pair, pair[::-1]):
            found += [first.removesuffix(one) + other] if first.endswith(one) else []
    return tuple(found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a lower-case word without its Danish ending, æ, ø and å spelled as two letters."""
    whole = SPELLED.sub(lambda found: LETTERS[found[0]], word[:LONGEST])
    # One stemmer for each word: it keeps the word it works on, and threads would share it.
    found: str = snowballstemmer.stemmer("danish").stemWord(whole)
    found = OF_VERB.sub("", IRREGULAR.get(word, found))
    for short, full in SHORTENED.items():
        found = found.removesuffix(short) + full if found.endswith(short) else found
    return _spelled_out(found)


def _spelled_out(word: str) -> str:
    for two, letter in LETTERS.items():
        word = word.replace(letter, two)
    return word
