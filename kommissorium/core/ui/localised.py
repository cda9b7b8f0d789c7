"""Dates, times, what time is left, and amounts of money in the reader's language."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

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
    text = _span(abs(left))
    if left <= timedelta():
        return _("%(span)s too late") % {"span": text}
    return _("%(span)s left") % {"span": text}


def _span(span: timedelta) -> str:
    if span >= 4 * DAY:
        days = span // DAY
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
    hours, minutes = span // HOUR, span % HOUR // timedelta(minutes=1)
    return _("%(hours)d h %(minutes)02d min") % {"hours": hours, "minutes": minutes}
