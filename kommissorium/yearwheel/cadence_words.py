"""Cadences in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.core.ui.localised import day
from kommissorium.yearwheel.models import DutyCadence, Rhythm

YEAR = 12


def months_in_words(months: int) -> str:
    """Return "every month", "every 3 months", "once a year", "every 2 years"."""
    if months == YEAR:
        return _("once a year")
    if months % YEAR == 0:
        return _("every %(years)d years") % {"years": months // YEAR}
    return ngettext("every month", "every %(number)s months", months) % {"number": months}


def rhythm_in_words(cadence: DutyCadence | None) -> str:
    """Return how often a cadence makes a duty fall due; "without a date" for none."""
    if cadence is None:
        return _("without a date")
    match cadence.rhythm:
        case Rhythm.MEETING:
            return _("at each meeting")
        case Rhythm.EVENT:
            return _("when it happens")
        case Rhythm.ONCE:
            return _("once, on %(date)s") % {"date": day(cadence.anchor)}
    return months_in_words(cadence.interval_months or YEAR)
