"""One cell of a sheet: as text, as several words, or as one of the codes a field knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from kommissorium.core.documents.sheets import CellRefused

type Cell = str | int | float | date | None
type Choices = Iterable[tuple[str, str | Promise]]

MOST_SHOWN = 60  # characters of a cell that a sentence about it repeats
# Words that say nobody has said: the cell counts as empty.
UNSAID: Final = dict.fromkeys(
    (
        *("ved ikke", "undecided", "unknown", "dontknow", "don t know", "ikke besluttet"),
        *("ikke angivet", "ikke vurderet", "not stated", "not assessed", "ikke relevant"),
        *("ikke udfyldt", "ikke oplyst", "null", "none stated"),
    ),
    "",
)
_BETWEEN = re.compile(r"[,;\n|]+")
_NO_WORD = re.compile(r"[\W_]+")


class LeftOut(Exception):
    """Raised for a value that has no place in our register: it is left out, and the row says so."""


def folded(text: object) -> str:
    """Return a heading, name or word so that spelling alike counts as alike."""
    return _NO_WORD.sub(" ", str(text or "").casefold()).strip()


def plain_name(name: str) -> str:
    """Return the name of a thing so that case and spaces do not count."""
    return " ".join(name.casefold().split())


def words_of(value: Cell) -> str:
    """Return a cell as the text people see in it: 12.0 is 12, a date is 25-11-2026."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return "" if value is None else str(value).strip()


def is_same(value: object, before: object) -> bool:
    """Return whether a value says what was there; blanks around a text say nothing."""
    if isinstance(value, str) and isinstance(before, str):
        return value.strip() == before.strip()
    return value == before


def several(value: Cell) -> list[str]:
    """Return what stands in a cell between commas, semicolons or line ends."""
    return [part.strip() for part in _BETWEEN.split(words_of(value)) if part.strip()]


def shown(value: Cell) -> str:
    """Return the cell as a sentence repeats it: not longer than people want to read."""
    words = words_of(value)
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"


def in_each_language[T](say: Callable[[], T]) -> list[T]:
    """Return what `say` answers in each language of the program."""
    found = []
    for language, _called in settings.LANGUAGES:
        with override(language):
            found.append(say())
    return found


def codes_by_label(choices: Choices) -> dict[str, str]:
    """Return the codes by what they are called in each of our languages, folded."""
    known = list(choices)
    every = in_each_language(lambda: {folded(label): str(code) for code, label in known})
    return {word: code for found in every for word, code in found.items()}


def coded(choices: Choices, words: Mapping[str, str]) -> Callable[[Cell], str | None]:
    """Return a reader of cells that hold one of the choices, by label, code or known word."""
    choices = list(choices)
    codes = {str(code): str(code) for code, _label in choices if code}
    labels = cache(lambda: codes_by_label(choices))

    def read(value: Cell) -> str | None:
        word = folded(words_of(value))
        for known in (codes.get(words_of(value).casefold()), words.get(word), labels().get(word)):
            if known is not None:
                return known or None
        if word in UNSAID:
            return None
        raise unknown_word(value, [str(label) for code, label in choices if code])

    return read


def unknown_word(value: Cell, words: Sequence[str]) -> CellRefused:
    """Return the refusal of a cell that is none of the words."""
    sentence = _("“%(word)s” is not known here. Write one of: %(words)s.")
    return CellRefused(sentence % {"word": shown(value), "words": ", ".join(words)})


def by_word[C](words: Mapping[C, Sequence[str]]) -> dict[str, C]:
    """Return the codes by each of the words, folded, that mean them."""
    return {word: code for code, meaning in words.items() for word in meaning}
