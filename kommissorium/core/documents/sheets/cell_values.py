"""Values of cells as people write them: dates, numbers, yes or no."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

type Given = str | int | float | date | None

_MONTHS: Final = (
    ("januar", "january"),
    ("februar", "february"),
    ("marts", "march"),
    ("april",),
    ("maj", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
_YEAR_LAST: Final = re.compile(r"(\d{1,2})[-./ ]\s?(\d{1,2})[-./ ]\s?(\d+)")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_MONTH_IN_WORDS: Final = re.compile(r"(\d{1,2})\.?[ -]([^\W\d_]{3,9})\.?[ -](\d+)")
_MOMENT: Final = re.compile(r"(.*\d)(?:T| +(?:kl\. ?)?)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?")
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 73_050  # 1950 and 2099
_BEGINNING: Final = date(1899, 12, 30)
_CENTURY: Final = 2000  # of a year of two digits
_SHORTEST_MONTH: Final = 3

_BLANKS: Final = re.compile(r"[\s ’']+")
_CURRENCY: Final = re.compile(r"^(?:kr\.?|dkk)|(?:kr\.?|dkk|,-)$", re.IGNORECASE)
_THOUSANDS_BY_DOT: Final = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_THOUSANDS_BY_COMMA: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+\.\d+|[-+]?\d{1,3}(?:,\d{3}){2,}")
_PLAIN_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_MOST_DIGITS: Final = 15
_SHOWN: Final = 60

_YES: Final = frozenset(["ja", "j", "yes", "y", "x", "1", "sand", "sandt", "true", "✓", "✔"])
_NO: Final = frozenset(["nej", "n", "no", "0", "falsk", "false", "-"])


class CellRefused(ValueError):
    """The cell does not hold what it should; the message says so in the user's language."""


def as_day(value: Given) -> date:
    """Return the day that a cell means.

    Takes dates and moments, the numbers by which Excel counts days, and days as they are written
    in Danish, English and by computers; a year of two digits is one of 2000 to 2099. Raises
    CellRefused.
    """
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float):
        return _counted_day(float(value), str(value))
    text = " ".join((value or "").split())
    return _moment(text) or _written_day(text)


def _counted_day(number: float, text: str) -> date:
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise _no_day(text)
    return _BEGINNING + timedelta(days=int(number))


def _moment(text: str) -> date | None:
    """Return the day of a moment in a known zone, as it is here; None for other texts."""
    if "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return as_day(moment)


def _written_day(text: str) -> date:
    if _SERIAL.fullmatch(text):
        return _counted_day(float(text.replace(",", ".")), text)
    if moment := _MOMENT.fullmatch(text):
        return _written_day(moment[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3], text)
    if found := _YEAR_LAST.fullmatch(text):
        return _day(found[3], found[2], found[1], text)
    if found := _MONTH_IN_WORDS.fullmatch(text):
        return _day(found[3], str(_month(found[2], text)), found[1], text)
    raise _no_day(text)


def _month(word: str, text: str) -> int:
    lowered = word.lower()
    for number, names in enumerate(_MONTHS, start=1):
        if any(name.startswith(lowered) for name in names) and len(lowered) >= _SHORTEST_MONTH:
            return number
    raise _no_day(text)


def _day(year: str, month: str, day: str, text: str) -> date:
    if len(year) not in {2, 4}:
        raise _no_day(text)
    try:
        return date(int(year) + (_CENTURY if len(year) == 2 else 0), int(month), int(day))  # noqa: PLR2004
    except ValueError:
        raise _no_day(text) from None


def _no_day(text: str) -> CellRefused:
    return CellRefused(
        _("“%(text)s” is not a date. Write it as 25-11-2026.") % {"text": text[:_SHOWN]}
    )


def as_number(value: Given) -> int | float:
    """Return the number that a cell means, whole where it is whole.

    "1.234,5" is Danish and "1,234.5" English; "1.234" and "1,234" are read as Danish, 1234 and
    1.234. "kr." and blanks are passed over. Raises CellRefused.
    """
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() else value
    text = "" if isinstance(value, date) else value or ""
    digits = _CURRENCY.sub("", _BLANKS.sub("", text)).replace("−", "-")
    if _THOUSANDS_BY_DOT.fullmatch(digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif _THOUSANDS_BY_COMMA.fullmatch(digits):
        digits = digits.replace(",", "")
    elif _PLAIN_NUMBER.fullmatch(digits):
        digits = digits.replace(",", ".")
    else:
        digits = ""
    if not digits or sum(map(str.isdigit, digits)) > _MOST_DIGITS:
        shown = str(value if value is not None else "")[:_SHOWN]
        raise CellRefused(_("“%(text)s” is not a number.") % {"text": shown})
    number = float(digits)
    return int(number) if number.is_integer() else number


def as_yes_no(value: Given) -> bool:
    """Return whether a cell says yes. Raises CellRefused for what is neither yes nor no."""
    text = str(value if value is not None else "").strip().casefold().rstrip(".")
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise CellRefused(
        _("“%(text)s” is neither yes nor no.") % {"text": str(value or "").strip()[:_SHOWN]}
    )
