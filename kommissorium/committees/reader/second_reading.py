"""A second reading of a clause: a linear model over its letters and words, beside the rules.

Where both agree the measure is sure, else it is in doubt. `scripts/second_reading.py` writes the
weights: whole numbers, one letter each, so that they are the same to the byte on every machine.
"""

from __future__ import annotations

import json
import re
import zlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from kommissorium.committees.reader.measure_words import agenda_measure, duty_measure
from kommissorium.measures.codes import Measure

WEIGHTS: Final = Path(__file__).with_name("second_reading.json")
BUCKETS: Final = 2048
MIDDLE: Final = 78  # the letter of weight nought: "N"
MEASURED: Final = frozenset({"responsibility", "task", "agenda"})
# By how much a clause must speak for another measure than the rules', or than none, to be in doubt.
# It never has it by that alone: a measure that nobody chose would be green or red by guess. Measured on the mandates the reader is tuned by.
AGAINST: Final = 100
FOUND: Final = 80
AMONG_OTHERS: Final = 300
# A clause says what it is about at its beginning.
_LOOKED_AT: Final = 300
_WORD: Final = re.compile(r"[^\W\d_]+")
_SAME: Final = str.maketrans("æøáéü", "äöaeu")
_STEM, _GRAM, _SHORT = 6, 4, 3


def features(text: str) -> list[int]:
    """Return the buckets of the words, beginnings of words and runs of letters in a text."""
    told: set[str] = set()
    for word in _WORD.findall(text[:_LOOKED_AT].lower().translate(_SAME)):
        told.add(word)
        if len(word) > _SHORT:
            told.add(f"{word[:_STEM]}-")
            edged = f"<{word}>"
            told.update(edged[at : at + _GRAM] for at in range(len(edged) - _GRAM + 1))
    return sorted({zlib.crc32(one.encode()) % BUCKETS for one in told})


def kind_read(kind: str) -> str:
    """Return which of the model's kinds a clause is read as."""
    return "agenda" if kind == "agenda" else "duty"


@lru_cache(maxsize=1024)
def candidates(kind: str, text: str) -> tuple[Measure | None, ...]:
    """Return the two measures that a clause in doubt may have, the rules' first; () for a sure one.

    None is that nothing measures it.
    """
    first = rules_measure(kind, text)
    least = AGAINST if first else {"other": AMONG_OTHERS}.get(kind, FOUND)
    second = _second(kind, text, first, least)
    return () if second is first else (first, second)


def rules_measure(kind: str, text: str) -> Measure | None:
    """Return the measure the rules find in a clause."""
    if kind == "agenda":
        return agenda_measure(text)
    return duty_measure(text) if kind in MEASURED else None


def _second(kind: str, text: str, first: Measure | None, least: int) -> Measure | None:
    """Return the measure a clause speaks for by so much more than for the first, or the first."""
    read = features(text)
    scores = {
        code: sum(map(row.__getitem__, read)) for code, row in _weights()[kind_read(kind)].items()
    }
    best = max(sorted(scores), key=scores.__getitem__)
    gap = scores[best] - scores.get(first or "", -least)
    return first if gap < least else Measure(best) if best else None


@cache
def _weights() -> dict[str, dict[str, list[int]]]:
    kept = json.loads(WEIGHTS.read_text(encoding="ascii"))
    return {
        kind: {code: [ord(letter) - MIDDLE for letter in row] for code, row in rows.items()}
        for kind, rows in kept.items()
    }
