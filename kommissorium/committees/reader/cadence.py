"""Finds the cadence and the horizon that a sentence asks for."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kommissorium.committees.reader import numbers
from kommissorium.committees.reader.text import words

_LEAST: Final = words("mindst minimum minst least fewer less min minimalt lägst")
_MOST: Final = words(
    "højst højest maks maksimalt maksimum max maximalt most more up op opp upp högst maximum "
    "inntil indtil exceed exceeding over"
)
_QUALIFYING: Final = words("of than at som a an to til till the on about ca omkring . not")
_TO: Final = words("- – — to til till or eller and og och but men , at i upp op opp")
_SMALL: Final = words("a an om i in the under during within over på of per pr /")
_ARTICLES: Final = words("the a an et ett en det . løbet af loppet av hele")
_APART: Final = words("between mellem mellan mellom apart imellem")
_SPACING: Final = words("mellemrum mellanrum mellomrom intervals interval intervaller")
_AHEAD: Final = words(
    "ahead advance forward beforehand frem fremad forvejen forhånd forveien förväg framåt fram "
    "fremover forut forkant"
)
_AT_A_TIME: Final = words("gangen gången taget time")
_FOR: Final = words("for för")
_PLAN: Final = re.compile(
    r"møteplan|mødeplan|mötesplan|kalender|calendar|schedule|dato|dates|datum"
)
_BEFORE: Final = words("before prior før innan före inden forud")
_COMING: Final = words(
    "coming next following upcoming kommende næste neste kommande nästa følgende påfølgende "
    "efterfølgende nästkommande"
)
_LONGEST: Final = 4000  # characters: a longer text is no sentence
_NOT_AN_INTERVAL: Final = words("wheel cycle leave hjul")


@dataclass(frozen=True, slots=True)
class Cadence:
    """Longest interval in months and fewest and most times a year; None where nothing is said."""

    months: int | None = None
    least: int | None = None
    most: int | None = None


NEVER: Final = Cadence()


def find_cadence(text: str, *, nordic: bool) -> Cadence:
    """Return the first recurrence that a sentence names, in words or figures."""
    return _Words(text, nordic).cadence()


def find_horizon(text: str, *, nordic: bool) -> int | None:
    """Return the horizon that a sentence asks for, in whole months."""
    return _Words(text, nordic).horizon()


def from_rate(least: Fraction | None, most: Fraction | None = None) -> Cadence:
    """Return the cadence of this many times a year; a fraction is once in several years."""
    months = None if least is None else math.ceil(12 / least)
    fewest = math.floor(least) if least is not None and least >= 1 else None
    return Cadence(months, fewest, math.floor(most) if most is not None and most >= 1 else None)


class _Words:
    def __init__(self, text: str, nordic: bool) -> None:
        self.words = numbers.tokens(text[:_LONGEST])
        self.nordic = nordic

    def word(self, place: int) -> str:
        return self.words[place] if 0 <= place < len(self.words) else ""

    def number(self, place: int) -> int | None:
        if not self.nordic and self.word(place) in numbers.NORDIC_ONLY:
            return None
        return numbers.number_at(self.words, place)

    def cadence(self) -> Cadence:
        for place in range(len(self.words)):
            found = self._range(place) or self._rate(place) or self._gap(place)
            if found:
                return found
            yearly = self._every(place) or self._adverb(place) or self._per(place)
            if yearly:
                return from_rate(yearly)
        return NEVER

    def _range(self, place: int) -> Cadence | None:
        """One to four times a year; at least two and at most four meetings a year."""
        low = self.number(place)
        if low is None:
            return None
        after = place + 1
        while after <= place + 5 and (self.word(after) in _TO or self.word(after) in _MOST):
            after += 1
        high = self.number(after)
        if after == place + 1 or high is None or high < low:
            return None
        yearly = self._yearly(after + 1)
        return from_rate(low * yearly, high * yearly) if yearly else None

    def _rate(self, place: int) -> Cadence | None:
        """Four times a year; once a quarter; six ordinary meetings in each calendar year."""
        once = numbers.ONCE.get(self.word(place))
        count = once or self.number(place)
        if count is None:
            return None
        yearly = self._period(place + 1) if once else self._yearly(place + 1)
        return self._qualified(place, count * yearly) if yearly else None

    def _yearly(self, place: int) -> Fraction | None:
        """Return the yearly rate of "[adjectives] times a year" or "annual meetings"."""
        if self.word(place) == "(":
            place += 3
        for after in range(place, place + 4):
            word = self.word(after)
            if numbers.is_times(word, nordic=self.nordic):
                return self._period(after + 1)
            if numbers.adverb(word) == 1 and self._counted(after + 1):
                return Fraction(1)
            if not word.isalpha() or word in numbers.EVERY or self.number(after):
                return None
        return None

    def _counted(self, place: int) -> bool:
        return any(
            numbers.is_times(self.word(after), nordic=self.nordic) for after in (place, place + 1)
        )

    def _period(self, place: int) -> Fraction | None:
        for after in range(place, place + 6):
            word = self.word(after)
            yearly = self._every(after) or self._adverb(after)
            if yearly:
                return yearly
            if word in _SMALL:
                start = after + 1
                while self.word(start) in _ARTICLES:
                    start += 1
                unit = numbers.unit_at(self.words, start)
                if unit:
                    return unit[0]
            elif word not in {".", ","} and not word.isalpha():
                return None
        return None

    def _every(self, place: int) -> Fraction | None:
        """Every third month; every 3 months; every other year; each quarter."""
        word, start, count = self.word(place), place + 1, 1
        if word in numbers.EVERY_SECOND or (word == "annen" and self.word(start) == "hver"):
            start, count = start + (word == "annen"), 2
        elif word not in numbers.EVERY:
            return None
        else:
            count, start = self._ordinal(start)
        unit = numbers.unit_at(self.words, start)
        return unit[0] / count if unit else None

    def _ordinal(self, place: int) -> tuple[int, int]:
        ordinal = numbers.ORDINALS.get(self.word(place))
        if ordinal:
            return ordinal, place + 1
        count = self.number(place)
        if count is None:
            return 1, place
        place += 1
        if self.word(place) == "(":
            place += 3
        while self.word(place) in numbers.ORDINAL_MARKS and self.word(place):
            place += 1
        return count, place

    def _adverb(self, place: int) -> Fraction | None:
        if self.word(place + 1) in _NOT_AN_INTERVAL:
            return None
        return numbers.adverb(self.word(place))

    def _per(self, place: int) -> Fraction | None:
        if self.word(place) not in {"per", "pr"} or any(
            self.number(before) for before in range(place - 3, place)
        ):
            return None
        unit = numbers.unit_at(self.words, place + 1 + (self.word(place + 1) == "."))
        return unit[0] if unit else None

    def _gap(self, place: int) -> Cadence | None:
        """No more than three months between meetings; at intervals of two months."""
        months = self._months(place)
        if months is None or months[0] < 1:
            return None
        after = {self.word(place) for place in range(months[1], months[1] + 2)}
        before = {self.word(near) for near in range(place - 6, place)}
        if after & _APART or after & _SPACING or before & _SPACING:
            return from_rate(Fraction(12) / months[0])
        return None

    def _months(self, place: int) -> tuple[Fraction, int] | None:
        """Return the length of "six months" or "half a year" in months, and the place after."""
        if self.word(place) in numbers.HALF and self.word(place + 1) == "a":
            unit = numbers.unit_at(self.words, place + 2)
            return (Fraction(6) / unit[0], unit[1]) if unit else None
        count = self.number(place)
        start = place + 1
        if count is None and (self.word(place) in {"a", "an"} or self._is_bare_unit(place)):
            count, start = 1, place if self._is_bare_unit(place) else place + 1
        if count is None:
            return None
        if self.word(start) == "(":
            start += 3
        unit = numbers.unit_at(self.words, start)
        return (count * Fraction(12) / unit[0], unit[1]) if unit else None

    def _is_bare_unit(self, place: int) -> bool:
        return numbers.unit_at(self.words, place) is not None

    def horizon(self) -> int | None:
        # "For a year at a time" are meetings planned; people are elected for it.
        planned = _AT_A_TIME if any(map(_PLAN.search, self.words)) else frozenset()
        for place in range(len(self.words)):
            months = self._months(place)
            if months is None or months[0] < 1:
                continue
            after = {self.word(near) for near in range(months[1], months[1] + 3)}
            before = {self.word(near) for near in range(place - 3, place)}
            if planned and before & _FOR:
                return math.floor(months[0])
            if after & _AHEAD or after & (_BEFORE | planned) or before & _COMING:
                return math.floor(months[0])
        return None

    def _qualified(self, place: int, yearly: Fraction) -> Cadence:
        before = place - 1
        while before >= max(0, place - 5):
            if self.word(before) in _LEAST:
                break
            if self.word(before) in _MOST:
                return from_rate(None, yearly)
            if self.word(before) not in _QUALIFYING:
                break
            before -= 1
        return from_rate(yearly)
