"""Lists that are typed a line at a time: people to call, and the steps of a plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused

SEPARATOR: Final = ";"
COLUMNS: Final = 3  # the last can be left out
PHONE: Final = re.compile(r"\+?[\d ()./-]+")
FEWEST_DIGITS: Final = 3  # 112, 114

type Row = Sequence[str]


def rows_of(text: str) -> list[Row]:
    """Return the rows of a list, each of three words; "" for a missing one."""
    return [_row(line) for line in text.splitlines() if line.strip()]


def tidy_steps(text: str, field: str) -> str:
    """Return the steps of a plan. Raises Refused (field) for a line with too little or much."""
    return "\n".join(_tidy(line, field, _("who; what; where")) for line in _numbered(text))


def tidy_calls(text: str, field: str) -> str:
    """Return the people to call. Raises Refused (field) also for an invalid phone number."""
    found = []
    for number, line in _numbered(text):
        tidied = _tidy((number, line), field, _("who; phone number; when"))
        phone = _row(tidied)[1]
        if not PHONE.fullmatch(phone) or sum(one.isdigit() for one in phone) < FEWEST_DIGITS:
            sentence = _("Line %(number)d: “%(phone)s” is not a phone number.")
            raise Refused(**{field: sentence % {"number": number, "phone": phone}})
        found.append(tidied)
    return "\n".join(found)


def _numbered(text: str) -> list[tuple[int, str]]:
    lines = enumerate(text.splitlines(), 1)
    return [(number, line) for number, line in lines if line.strip()]


def _row(line: str) -> Row:
    words = [word.strip() for word in line.split(SEPARATOR, COLUMNS - 1)]
    return (*words, *[""] * (COLUMNS - len(words)))


def _tidy(numbered: tuple[int, str], field: str, wanted: str) -> str:
    number, line = numbered
    row = _row(line)
    if not (row[0] and row[1]) or SEPARATOR in row[2]:
        sentence = _("Line %(number)d: write %(wanted)s, with semicolons between.")
        raise Refused(**{field: sentence % {"number": number, "wanted": wanted}})
    return f"{SEPARATOR} ".join(word for word in row if word)
