"""How questions and dispensations stand, in numbers that are the same for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from kommissorium.registers.indicators import Indicator, count
from kommissorium.rulings.models import MOST_DAYS, Dispensation, Interpretation

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
    """Count them as they stand on the day."""
    before = day - timedelta(days=MOST_DAYS)
    questions = Interpretation.objects.waiting().aggregate(
        questions=Count("pk"), questions_late=Count("pk", filter=Q(made_at__date__lt=before))
    )
    given = Dispensation.objects.filter(state="approved", in_force_from__lte=day)
    kept = given.filter(Q(in_force_to=None) | Q(in_force_to__gt=day)).aggregate(
        dispensations=Count("pk", filter=Q(last_day__gte=day)),
        dispensations_out=Count("pk", filter=Q(in_force_to=None, last_day__lt=day)),
    )
    return {
        **questions,
        **kept,
        "applications": Dispensation.objects.waiting().count(),
    }
