"""Counts of questions and dispensations, which are the same for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.indicators import Indicator, count
from kommissorium.rulings.models import MOST_DAYS, WAITING, Dispensation, Interpretation

INDICATORS: Final[dict[str, Indicator]] = {
    "questions_late": count(
        _("Questions about rules that waited over 90 days"),
        "questions_late",
        _("questions"),
        _("Questions about how a rule is to be read that have waited more than 90 days."),
    ),
    "dispensations_out": count(
        _("Dispensations that have run out"),
        "dispensations_out",
        _("dispensations"),
        _("Dispensations past their last day that nobody has ended or renewed."),
    ),
}


def count_rulings(day: date) -> dict[str, int]:
    """Count them as they stand on the day; `asked` and `applied` are all there ever were, so that
    a day on which nothing waits is told of too."""
    waits, is_open = Q(state__in=WAITING), Q(in_force_to=None)
    is_late = Q(made_at__date__lt=day - timedelta(days=MOST_DAYS))
    given = Q(state="approved", in_force_from__lte=day) & (is_open | Q(in_force_to__gt=day))
    return {
        **Interpretation.objects.aggregate(
            asked=Count("pk"),
            questions=Count("pk", filter=waits),
            questions_late=Count("pk", filter=waits & is_late),
        ),
        **Dispensation.objects.aggregate(
            applied=Count("pk"),
            applications=Count("pk", filter=waits),
            dispensations=Count("pk", filter=given & Q(last_day__gte=day)),
            dispensations_out=Count("pk", filter=given & is_open & Q(last_day__lt=day)),
        ),
    }
