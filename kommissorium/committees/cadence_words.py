"""A clause's cadence in words."""

from __future__ import annotations

from typing import Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_YEAR: Final = 12  # months


class HasCadence(Protocol):
    """A clause, read or kept; the fields are those of reader.model.ReadClause."""

    @property
    def cadence_months(self) -> int | None: ...
    @property
    def min_per_year(self) -> int | None: ...
    @property
    def max_per_year(self) -> int | None: ...
    @property
    def horizon_months(self) -> int | None: ...


def cadence_in_words(clause: HasCadence) -> str:
    """Return "at least every 3 months" or the like, empty when the clause names no cadence."""
    parts = [_often(clause), _ahead(clause.horizon_months)]
    return ", ".join(part for part in parts if part)


def _often(clause: HasCadence) -> str:
    least, most = clause.min_per_year, clause.max_per_year
    if least and most and least != most:
        return _("%(least)d to %(most)d times a year") % {"least": least, "most": most}
    if least and most:
        return ngettext("%(count)d time a year", "%(count)d times a year", least) % {"count": least}
    if most:
        return ngettext("at most %(count)d time a year", "at most %(count)d times a year", most) % {
            "count": most
        }
    months = clause.cadence_months
    if months and (not least or least * months == _YEAR):
        return _every(months)
    if least:
        return ngettext(
            "at least %(count)d time a year", "at least %(count)d times a year", least
        ) % {"count": least}
    return ""


def _every(months: int) -> str:
    if months == _YEAR:
        return _("at least once a year")
    if months % _YEAR == 0:
        return _("at least every %(years)d years") % {"years": months // _YEAR}
    return ngettext("at least every month", "at least every %(months)d months", months) % {
        "months": months
    }


def _ahead(months: int | None) -> str:
    if not months:
        return ""
    return ngettext("known %(months)d month ahead", "known %(months)d months ahead", months) % {
        "months": months
    }
