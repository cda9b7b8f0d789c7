"""The time left until a moment, in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
