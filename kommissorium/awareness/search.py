"""What search finds of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.awareness.kind import KIND
from kommissorium.awareness.models import AwarenessActivity, AwarenessEvaluation, AwarenessPlan
from kommissorium.registers.search import SearchedActivity, SearchedProposal


class SearchedPlans(SearchedProposal[AwarenessPlan]):
    """Plans of a year."""

    model, label, proposal = AwarenessPlan, _("Plans of information and teaching"), KIND.plan
    fields = ("statement",)


class SearchedCourses(SearchedActivity[AwarenessActivity]):
    """Campaigns, courses and phishing simulations."""

    model, label, activity = AwarenessActivity, _("Information and teaching"), KIND


class SearchedEvaluations(SearchedProposal[AwarenessEvaluation]):
    """Evaluations of a half-year."""

    model, label, proposal = AwarenessEvaluation, _("Evaluations of awareness"), EVALUATION
    fields = ("effect", "learning", "effort")


SEARCHED = (SearchedPlans(), SearchedCourses(), SearchedEvaluations())
