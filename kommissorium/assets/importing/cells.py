"""One cell of a sheet, read as the value of a field, by the words that sheets use for our codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from kommissorium.assets.models import Answer, Asset, Kind, Level, PersonalData
from kommissorium.core.built_in import data_of
from kommissorium.core.documents.sheets import CellRefused, as_day, as_number, as_yes_no
from kommissorium.registers.importing.cells import (
    UNSAID,
    Cell,
    LeftOut,
    by_word,
    coded,
    folded,
    several,
    shown,
    words_of,
)

SAID: Final = data_of(Path(__file__).with_name("words.toml"))
LEVELS: Final[Mapping[str, str]] = by_word(SAID["level"])
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    name: by_word(SAID[name]) for name in ("criticality", "lifecycle", "hosting", "preservation")
}
# What KITOS says that our codes cannot: the cell is left out and the row says so.
UNSAYABLE: Final[Mapping[str, Sequence[str]]] = SAID["unsayable"]
SOCIETY, BUSINESS, SINCE = "is_society_critical", "is_business_critical", "owner_since"
HOURS_IN: Final = {
    **dict.fromkeys(("", "t", "time", "timer", "h", "hour", "hours"), 1),
    **dict.fromkeys(("døgn", "dag", "dage", "d", "day", "days"), 24),
}
_AMOUNT = re.compile(r"([\d.,]+)\s*([^\W\d]*)\.?")


def read_cell(name: str, value: Cell) -> object:
    """Return the value for the field of that name; None for a cell that says nothing.

    Raises CellRefused for what the field cannot be, and LeftOut for what other registers can
    say and this one cannot.
    """
    if not (words := words_of(value)):
        return None
    if name in UNSAYABLE and folded(words) in UNSAYABLE[name]:
        sentence = _("“%(word)s” has no counterpart here and is left out.")
        raise LeftOut(sentence % {"word": shown(value)})
    return READERS.get(name, words_of)(value)


def _coded(name: str) -> Callable[[Cell], object]:
    field: Any = Asset._meta.get_field(name)  # noqa: SLF001
    return coded(field.flatchoices, WORDS[name])


def _answer(value: Cell) -> object:
    if folded(words_of(value)) in UNSAID:
        return None
    return Answer.YES if as_yes_no(value) else Answer.NO


def _yes_or_no(value: Cell) -> object:
    return None if folded(words_of(value)) in UNSAID else as_yes_no(value)


def _level(value: Cell) -> object:
    word = folded(words_of(value))
    if word in UNSAID:
        return None
    if word not in LEVELS:
        sentence = _("“%(word)s” is not a level. Write 1 to 4, or low, medium, high, very high.")
        raise CellRefused(sentence % {"word": shown(value)})
    return Level(int(LEVELS[word])).value


def _hours(value: Cell) -> object:
    match = _AMOUNT.fullmatch(words_of(value))
    unit = HOURS_IN.get(match[2].casefold()) if match else None
    if match is None or unit is None:
        raise CellRefused(_("“%(word)s” is not a number of hours.") % {"word": shown(value)})
    hours = as_number(match[1]) * unit
    if hours != int(hours):
        raise CellRefused(_("Write whole hours, not “%(word)s”.") % {"word": shown(value)})
    return int(hours)


_one_kind = coded(PersonalData.choices, by_word(SAID["personal_data"]))


def _personal(value: Cell) -> object:
    codes = {_one_kind(word) for word in several(value)}
    return sorted(code for code in codes if code) or None


def _kle(value: Cell) -> object:
    numbers = several(value)
    return numbers[0] if numbers else None


READERS: Final[Mapping[str, Callable[[Cell], object]]] = {
    "kind": coded(Kind.choices, {}),
    **{name: _coded(name) for name in WORDS},
    **dict.fromkeys(("uses_ai", "is_accessible"), _answer),
    **dict.fromkeys((SOCIETY, BUSINESS), _yes_or_no),
    **dict.fromkeys(("confidentiality", "integrity", "availability"), _level),
    **dict.fromkeys(("mtd", "rto", "rpo"), _hours),
    **dict.fromkeys(("contract_ends", "bound_until", SINCE), as_day),
    "personal_data": _personal,
    "kle": _kle,
}
