"""Numbers of the year wheel, which is no register, that something can be held against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.findings import year_before
from kommissorium.registers.indicators import Indicator, Numbers, percentage
from kommissorium.yearwheel.models import Move, Occurrence


def count_duties(day: date) -> Numbers:
    """Count what fell due in the twelve months before the day, and what of it was done in time.

    What was skipped does not count; what is open and overdue was not done in time, nor what was
    given another day when its own had passed.
    """
    fell_due = Occurrence.objects.filter(due__gte=year_before(day), due__lt=day)
    too_late = Move.objects.filter(occurrence=OuterRef("pk"), at__date__gt=F("from_day"))
    in_time = Q(~Exists(too_late), state=Occurrence.State.DONE, ended_at__date__lte=F("due"))
    return fell_due.exclude(state=Occurrence.State.SKIPPED).aggregate(
        fell_due=Count("pk"), in_time=Count("pk", filter=in_time)
    )


WHEEL: Final[Mapping[str, Indicator]] = {
    "in_time": percentage(
        _("Duties of the year wheel done in time"),
        "in_time",
        "fell_due",
        _(
            "Of the duties that fell due in the last twelve months: how many were done by the day "
            "they were due. Those that were skipped do not count."
        ),
        numbers=count_duties,
    ),
}
