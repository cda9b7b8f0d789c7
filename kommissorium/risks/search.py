"""Search in this room."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched, told_along, told_of
from kommissorium.core.ui.localised import day, kroner
from kommissorium.registers.search import SearchedProposal
from kommissorium.risks.agenda.assessments import AssessmentProposal
from kommissorium.risks.agenda.proposals import LevelProposal
from kommissorium.risks.models import Acceptance, Assessment, RiskLevel, Scenario


class SearchedAssessments(SearchedProposal[Assessment]):
    """Assessments, by their titles and summaries."""

    model, label, proposal = Assessment, gettext_lazy("Risk assessments"), AssessmentProposal()
    fields = ("process", "others", "summary")
    named = ("assessor", "area")
    dated = "assessed_on"

    def title(self, row: Assessment) -> str:
        return row.title


class SearchedRisks(Searched[Scenario]):
    """Risks of today's picture, and those of assessments that are under way."""

    model, label = Scenario, gettext_lazy("Risks")
    fields = ("description", "measures", "treatment_note")
    named = ("owner",)
    related = ("assessment",)

    def visible_to(self, person: Person) -> QuerySet[Scenario]:
        under_way = Q(assessment__state__in=["draft", "proposed"])
        return Scenario.objects.visible_to(person).filter(Q(is_in_force=True) | under_way)

    def past_of(self, person: Person) -> QuerySet[Scenario]:
        return Scenario.objects.visible_to(person)

    def day(self, row: Scenario) -> date:
        return row.assessment.assessed_on

    def history(self, row: Scenario) -> Q:
        return told_of(row) | told_along(row, row.assessment)


class SearchedAcceptances(Searched[Acceptance]):
    """Acceptances, by their reasons and conditions."""

    model, label = Acceptance, gettext_lazy("Accepted risks")
    fields = ("reason", "conditions", "longer_because", "refused_because", "ended_because")
    dated = "proposed_at"

    def title(self, row: Acceptance) -> str:
        values = {"amount": kroner(row.amount), "day": day(row.expires_on)}
        return _("Acceptance of %(amount)s until %(day)s") % values


class SearchedLevels(SearchedProposal[RiskLevel]):
    """Risk levels, by what the committee accepts."""

    model, label, proposal = RiskLevel, gettext_lazy("Risk levels"), LevelProposal()
    fields = ("statement",)

    def title(self, row: RiskLevel) -> str:
        return _("Risk level of %(year)s") % {"year": str(row.year)}


SEARCHED = (SearchedAssessments(), SearchedRisks(), SearchedAcceptances(), SearchedLevels())
