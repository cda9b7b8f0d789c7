"""What search finds of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.searched import Searched
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.kind import KIND, TEST_PLAN
from kommissorium.continuity.models import (
    ContinuityEvaluation,
    ContinuityPlan,
    ContinuityTest,
    ContinuityTestPlan,
    Service,
)
from kommissorium.continuity.plan import PLAN
from kommissorium.registers.search import SearchedActivity, SearchedProposal


class SearchedServices(Searched[Service]):
    """What must go on, by its name and what stops with it."""

    model, label = Service, _("Services and processes")
    fields = ("impact",)
    named = ("responsible", "area")


class SearchedPlans(SearchedProposal[ContinuityPlan]):
    """Plans for when a service stops, by their steps."""

    model, label, proposal = ContinuityPlan, _("Plans of services"), PLAN
    fields = ("starts_when", "contingency", "emergency", "recovery", "change_because")


class SearchedTestPlans(SearchedProposal[ContinuityTestPlan]):
    """Plans of tests."""

    model, label, proposal = ContinuityTestPlan, _("Plans of tests"), TEST_PLAN
    fields = ("statement",)


class SearchedTests(SearchedActivity[ContinuityTest]):
    """Tests and real activations, by their scenario."""

    model, label, activity = ContinuityTest, _("Tests of contingency"), KIND
    fields = (*SearchedActivity.fields, "scenario")


class SearchedEvaluations(SearchedProposal[ContinuityEvaluation]):
    """Evaluations of tests."""

    model, label, proposal = ContinuityEvaluation, _("Evaluations of tests"), EVALUATION
    fields = ("learning", "changes")


SEARCHED = (
    SearchedServices(),
    SearchedPlans(),
    SearchedTestPlans(),
    SearchedTests(),
    SearchedEvaluations(),
)
