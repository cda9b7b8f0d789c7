"""The past day that a page is asked for, and the figures the chain holds of it."""

from __future__ import annotations

from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.core.refusals import Refused
from kommissorium.registers.models import DailyFigures
from kommissorium.registers.past import TOLD_FOR, PastEvent, past_events

FIRST: Final = date(1900, 1, 1)


def day_asked(request: HttpRequest) -> date | None:
    """Return the past day that ?on= asks for; None for today, and where nothing is asked.

    Raises Refused for what is no day, for a day to come, and for one of long ago: a year of which
    only the first figures were typed.
    """
    try:
        wish = forms.DateField(required=False).clean(request.GET.get("on", "").strip("\0"))
    except ValidationError:
        raise Refused(_("Write the day as a date.")) from None
    today = timezone.localdate()
    day: date = wish or today
    if day > today:
        raise Refused(_("The day has not come yet. Choose today or an earlier day."))
    if day < FIRST:
        raise Refused(_("Write the year with four digits, after 1900."))
    return day if day < today else None


def figures_known(code: str, day: date) -> PastEvent | None:
    """Return the event of a register's newest figures known when the day ended (two queries).

    It is what the answer on that day is found by.
    """
    rows = DailyFigures.objects.filter(register=code, day__lte=day).order_by("-day")
    newest = rows.values_list("event", flat=True).first()
    return past_events(Q(pk=newest))[0] if newest else None


def figures_telling_of(day: date) -> list[int]:
    """Return the keys of the events whose figures tell of the day, of every register (two queries).

    The newest until the day and until the one before, however old, and all that are recent.
    """
    kept = DailyFigures.objects.filter(day__lte=day).order_by()
    newest = kept.values("register").annotate(
        last=Max("day"), before=Max("day", filter=Q(day__lt=day))
    )
    first = day - TOLD_FOR if day - date.min > TOLD_FOR else date.min
    wanted = Q(day__gte=first)
    for row in newest:
        wanted |= Q(register=row["register"], day__in=[row["last"], row["before"]])
    return list(kept.filter(wanted).values_list("event", flat=True))


def day_of(figures: PastEvent) -> date:
    """Return the day whose evening the figures were kept on."""
    return date.fromisoformat(figures.facts["day"])


def figures_telling(code: str, day: date) -> PastEvent | None:
    """Return the event of the figures that tell of a day: its own, or of at most two days before."""
    found = figures_known(code, day)
    return found if found and day - day_of(found) <= TOLD_FOR else None
