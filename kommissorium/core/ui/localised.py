"""Dates, times and amounts in the reader's language, and kroner as Danes type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def clock(value: datetime | time | None) -> str:
    """Return "kl. 13.00" in Danish, "13:00" in English; "" for None."""
    if value is None or value == "":
        return ""
    moment_of_day = _local(value).time() if isinstance(value, datetime) else value
    return pgettext("time of day", "%(time)s") % {"time": time_format(moment_of_day, "TIME_FORMAT")}


def day(value: date | None) -> str:
    """Return "25. november 2026"; "" for None. A moment gives its day in local time."""
    if value is None or value == "":
        return ""
    own = _local(value).date() if isinstance(value, datetime) else value
    return _day_in(get_language(), own)


@lru_cache(maxsize=10_000)
def _day_in(_language: str | None, value: date) -> str:
    # Remembered: pages say hundreds of days, and saying one anew takes eight times as long.
    return date_format(value, "DATE_FORMAT")


def moment(value: datetime | None) -> str:
    """Return "25. november 2026 kl. 13.00" in local time; "" for None."""
    return date_format(_local(value), "DATETIME_FORMAT") if value else ""


def number(value: Decimal | float | None) -> str:
    """Return "1.250,5", with the decimals there are, two at most; "" for None."""
    if value is None or value == "":
        return ""
    return _number_in(get_language(), value)


@lru_cache(maxsize=10_000)
def _number_in(_language: str | None, value: Decimal | float) -> str:
    # Remembered as days are: a status says some three hundred numbers.
    rounded = Decimal(str(value)).quantize(Decimal("0.01")).normalize()
    decimals = max(0, -int(rounded.as_tuple().exponent))
    return number_format(rounded, decimal_pos=decimals, force_grouping=True)


def kroner(value: Decimal | float | None) -> str:
    """Return "1.250.000 kr."; øre only where there are some; "" for None."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value)).quantize(Decimal("0.01"))
    decimals = 0 if amount == amount.to_integral_value() else 2
    return _("%(amount)s kr.") % {
        "amount": number_format(amount, decimal_pos=decimals, force_grouping=True)
    }


HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def left_in_words(left: timedelta) -> str:
    """Return the time left, or since the deadline passed."""
    text = span(abs(left))
    if left <= timedelta():
        return _("%(span)s too late") % {"span": text}
    return _("%(span)s left") % {"span": text}


def span(length: timedelta) -> str:
    """Return a length of time in hours and minutes; from four days on in days."""
    if length >= 4 * DAY:
        days = length // DAY
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    hours, minutes = length // HOUR, length % HOUR // timedelta(minutes=1)
    return _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}


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


class KronerInput(forms.TextInput):
    """A line for digits and the dots between thousands; whole kroner are shown with them."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, int):
            return str(number_format(value, force_grouping=True))
        shown = super().format_value(value)
        return None if shown is None else str(shown)


class KronerField(forms.CharField):
    """Gives whole kroner; None where it may be empty and is."""

    widget = KronerInput

    def __init__(self, *, most: int = MOST_KRONER, **kwargs: Any) -> None:
        self.most = most
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        if text.strip().startswith(("-", "\u2212")):
            raise ValidationError(_("The amount cannot be less than 0."))
        try:
            amount = kroner_of(text)
        except ValueError:
            raise ValidationError(
                _("Write the amount in whole kroner, for example 250.000.")
            ) from None
        if amount > self.most:
            values = {"most": kroner(self.most)}
            raise ValidationError(_("The amount can be %(most)s at most.") % values)
        return amount

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != (kroner_of(data) if data else None))
        except ValueError:
            return True
