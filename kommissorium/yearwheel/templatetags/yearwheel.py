"""Template filters of duties and occurrences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.yearwheel import due_days
from kommissorium.yearwheel.models import Duty, DutyCadence, Occurrence
from kommissorium.yearwheel.register_bundles import Folded
from kommissorium.yearwheel.standards import STANDARDS, is_requirement

register = template.Library()


@register.filter
def rhythm_words(cadence: DutyCadence | None) -> str:
    """Return "every 3 months" or the like."""
    return due_days.rhythm_in_words(cadence)


@register.filter
def months_words(months: int) -> str:
    """Return "every 3 months" or the like, of a number of months."""
    return due_days.months_in_words(months)


@register.filter
def month_name(first: date) -> str:
    """Return "November", in Danish "november"."""
    return date_format(first, "F")


@register.filter
def on_wheel(lines: Sequence[Any], folded: Folded | None) -> str:
    """Return how much is on the wheel in a month, what registers put there included."""
    number = len(lines) + (folded.number if folded else 0)
    return ngettext("%(number)s on the wheel", "%(number)s on the wheel", number) % {
        "number": number
    }


@register.filter
def opens(first: date, opened: str) -> bool:
    """Return whether a month stands open: it is the one chosen, by its number, or all are."""
    return opened in ("all", str(first.month))


@register.filter
def day_and_month(value: date) -> str:
    """Return a day without its year: "31. januar"."""
    return date_format(value, "MONTH_DAY_FORMAT")


@register.filter
def state_label(state: str) -> str:
    """Return how an entry of the wheel stands, in words."""
    return {
        "open": _("Open"),
        "soon": _("Due soon"),
        "minutes": _("Awaits the minutes"),
        "overdue": _("Overdue"),
        "done": _("Done"),
        "done_with_fault": _("Done, faults found"),
        "skipped": _("Skipped"),
        "projected": _("Planned"),
    }.get(state, state)


@register.filter
def state_tone(state: str) -> str:
    """Return the tone of a state's badge."""
    tones = {
        "soon": "warning",
        "overdue": "error",
        "done": "success",
        "done_with_fault": "warning",
        "open": "info",
        "minutes": "info",
    }
    return tones.get(state, "neutral")


@register.filter
def tag_words(duty: Duty) -> list[str]:
    """Return a duty's tags but those that stand for a requirement of a standard."""
    return [tag.name for tag in duty.tags.all() if not is_requirement(tag.name)]


@register.filter
def requirements(duty: Duty) -> list[tuple[str, str]]:
    """Return the requirements a duty carries: the name of each and what it asks for."""
    carried = {tag.name for tag in duty.tags.all()}
    return [
        (name, str(one.title))
        for standard in STANDARDS.values()
        for one in standard
        if (name := standard.tag_name(one.number)) in carried
    ]


@register.filter
def result_tone(result: str) -> str:
    """Return the tone of a result's badge."""
    tones = dict.fromkeys(Occurrence.FAULTLESS, "success")
    tones[Occurrence.Result.MINOR.value] = "warning"
    return tones.get(result, "error")
