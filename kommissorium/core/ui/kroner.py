"""Amounts in kroner as Danes type them."""

from __future__ import annotations

import re

MOST_KRONER = 10_000_000_000  # that anybody can mean
# 1250000, 1.250.000, 1 250 000; whole kroner, or with the øre 00 that people write out of habit.
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?:00|0|-))?")
_UNIT = re.compile(r"^(?:kr\.?|dkk)\s*|\s*(?:kr\.?|dkk|kroner)$", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def kroner_of(text: str) -> int:
    """Return the whole kroner of "1.250.000", "250.000,00", "kr. 40000" and the like.

    Raises ValueError for anything else: øre, signs, dots that do not part thousands.
    """
    tidy = _UNIT.sub("", _SPACES.sub(" ", text).strip()).strip()
    found = _AMOUNT.fullmatch(tidy) if tidy.isascii() else None
    if found is None:
        raise ValueError(text)
    return int(found["whole"].replace(".", "").replace(" ", ""))
