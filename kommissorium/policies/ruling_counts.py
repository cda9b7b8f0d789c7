"""How questions, dispensations and readings stand, in numbers that are the same for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import Ownership
from kommissorium.policies.models import MOST_DAYS, Dispensation, Interpretation
from kommissorium.policies.readers import owners_who_read
from kommissorium.registers.indicators import Indicator, count

INDICATORS: Final[dict[str, Indicator]] = {
    "questions_late": count(_("Questions about rules that waited over 90 days"), "questions_late"),
    "dispensations_out": count(_("Dispensations that have run out"), "dispensations_out"),
}


def count_rulings(day: date) -> dict[str, int]:
    """Count them as they stand on the day."""
    questions = Interpretation.objects.waiting()
    late = questions.filter(made_at__date__lt=day - timedelta(days=MOST_DAYS))
    held = Ownership.objects.on(day).filter(asset__ended_on=None, person__is_active=True)
    owners = set(held.order_by().values_list("person", flat=True))
    return {
        "questions": questions.count(),
        "questions_late": late.count(),
        "applications": Dispensation.objects.waiting().count(),
        "dispensations": Dispensation.objects.in_force_on(day).count(),
        "dispensations_out": Dispensation.objects.running_out(day - timedelta(days=1)).count(),
        "owners": len(owners),
        "owners_read": len(owners & owners_who_read(day)),
    }
