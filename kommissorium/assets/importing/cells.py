"""One cell of a sheet, read as the value of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.assets.importing.targets import BUSINESS, SINCE, SOCIETY, folded
from kommissorium.assets.importing.words import LEVELS, PERSONAL, UNSAID, UNSAYABLE, WORDS
from kommissorium.assets.models import Answer, Asset, Level, PersonalData
from kommissorium.core.documents.sheets import CellRefused, as_day, as_number, as_yes_no

type Cell = str | int | float | date | None
type Choices = Sequence[tuple[str, str | Promise]]

MOST_SHOWN = 60  # characters of a cell that a sentence about it repeats
HOURS_IN: Final = {
    **dict.fromkeys(("", "t", "time", "timer", "h", "hour", "hours"), 1),
    **dict.fromkeys(("døgn", "dag", "dage", "d", "day", "days"), 24),
}
_AMOUNT = re.compile(r"([\d.,]+)\s*([^\W\d]*)\.?")
_BETWEEN = re.compile(r"[,;\n|]+")


class LeftOut(Exception):
    """What the cell says has no place in our register: it is left out, and the row says so."""


def read_cell(name: str, value: Cell) -> object:
    """Return the value for the field of that name; None for a cell that says nothing.

    Raises CellRefused for what the field cannot be, and LeftOut for what other registers can
    say and this one cannot.
    """
    if words_of(value) == "":
        return None
    return READERS.get(name, words_of)(value)


def words_of(value: Cell) -> str:
    """Return a cell as the text people see in it: 12.0 is 12, a date is 25-11-2026."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return "" if value is None else str(value).strip()


def several(value: Cell) -> list[str]:
    """Return what stands in a cell between commas, semicolons or line ends."""
    return [part.strip() for part in _BETWEEN.split(words_of(value)) if part.strip()]


def shown(value: Cell) -> str:
    """Return the cell as a sentence repeats it: not longer than people want to read."""
    words = words_of(value)
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"


def _coded(name: str) -> Callable[[Cell], object]:
    codes = {code for code, _label in _choices(name) if code}

    def read(value: Cell) -> object:
        word = folded(words_of(value))
        if word in UNSAYABLE.get(name, ()):
            raise _left_out(value)
        if (raw := words_of(value).casefold()) in codes:
            return raw
        known = _known(name)
        if word not in known:
            raise CellRefused(_unknown(value, _choices(name)))
        return known[word] or None

    return read


@cache
def _known(name: str) -> Mapping[str, str]:
    """Return the codes by every word that is known for them, in each of our languages."""
    labels: dict[str, str] = {}
    for language, _called in settings.LANGUAGES:
        with override(language):
            labels |= {folded(label): str(code) for code, label in _choices(name)}
    words = PERSONAL if name == "personal_data" else WORDS[name]
    return {**UNSAID, **labels, **words}


def _choices(name: str) -> Choices:
    if name == "personal_data":
        return PersonalData.choices
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    choices: Choices = field.flatchoices
    return choices


def _unknown(value: Cell, choices: Choices) -> str:
    words = ", ".join(str(label) for code, label in choices if code)
    sentence = _("“%(word)s” is not known here. Write one of: %(words)s.")
    return sentence % {"word": shown(value), "words": words}


def _left_out(value: Cell) -> LeftOut:
    sentence = _("“%(word)s” has no counterpart here and is left out.")
    return LeftOut(sentence % {"word": shown(value)})


def _answer(name: str) -> Callable[[Cell], object]:
    def read(value: Cell) -> object:
        word = folded(words_of(value))
        if word in UNSAYABLE.get(name, ()):
            raise _left_out(value)
        if word in UNSAID:
            return None
        return Answer.YES if as_yes_no(value) else Answer.NO

    return read


def _yes_or_no(value: Cell) -> object:
    return None if folded(words_of(value)) in UNSAID else as_yes_no(value)


def _level(value: Cell) -> object:
    word = folded(words_of(value))
    if word in UNSAID:
        return None
    if word not in LEVELS:
        sentence = _("“%(word)s” is no level. Write 1 to 4, or low, medium, high, very high.")
        raise CellRefused(sentence % {"word": shown(value)})
    return Level(LEVELS[word]).value


def _hours(value: Cell) -> object:
    match = _AMOUNT.fullmatch(words_of(value))
    unit = HOURS_IN.get(match[2].casefold()) if match else None
    if match is None or unit is None:
        raise CellRefused(_("“%(word)s” is no number of hours.") % {"word": shown(value)})
    hours = as_number(match[1]) * unit
    if hours != int(hours):
        raise CellRefused(_("Write whole hours, not “%(word)s”.") % {"word": shown(value)})
    return int(hours)


def _personal(value: Cell) -> object:
    known = _known("personal_data")
    codes = set()
    for word in several(value):
        if folded(word) not in known:
            raise CellRefused(_unknown(word, _choices("personal_data")))
        codes.add(known[folded(word)])
    return sorted(codes - {""}) or None


def _kle(value: Cell) -> object:
    numbers = several(value)
    return numbers[0] if numbers else None


def _day(value: Cell) -> object:
    return as_day(value)


READERS: Final[Mapping[str, Callable[[Cell], object]]] = {
    **{name: _coded(name) for name in WORDS},
    **{name: _answer(name) for name in ("uses_ai", "is_accessible")},
    **dict.fromkeys((SOCIETY, BUSINESS), _yes_or_no),
    **dict.fromkeys(("confidentiality", "integrity", "availability"), _level),
    **dict.fromkeys(("mtd", "rto", "rpo"), _hours),
    **dict.fromkeys(("contract_ends", "bound_until", SINCE), _day),
    "personal_data": _personal,
    "kle": _kle,
}
