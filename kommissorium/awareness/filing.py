"""Plans and evaluations that are approved, as they are filed in the municipality's records system."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.awareness.kind import PLAN
from kommissorium.awareness.models import AwarenessEvaluation, AwarenessPlan
from kommissorium.meetings.filing import FiledKind


class FiledPlans(FiledKind[AwarenessPlan]):
    """Plans of a year as the committee approved them."""

    kind = PLAN.kind
    label = gettext_lazy("Plans of information and teaching")

    def rows(self, person: Person) -> QuerySet[AwarenessPlan]:
        return PLAN.visible_to(person).filter(state="approved").order_by("-in_force_from", "-pk")

    def title(self, row: AwarenessPlan) -> str:
        return PLAN.title_of(row)

    def day(self, row: AwarenessPlan) -> date:
        return _day(row)


class FiledEvaluations(FiledKind[AwarenessEvaluation]):
    """Evaluations of half-years as the committee approved them."""

    kind = EVALUATION.kind
    label = gettext_lazy("Evaluations of awareness")

    def rows(self, person: Person) -> QuerySet[AwarenessEvaluation]:
        found = EVALUATION.visible_to(person).filter(state="approved")
        return found.order_by("-in_force_from", "-pk")

    def title(self, row: AwarenessEvaluation) -> str:
        return EVALUATION.title_of(row)

    def day(self, row: AwarenessEvaluation) -> date:
        return _day(row)


def _day(row: Any) -> date:
    day: date = row.in_force_from
    return day
