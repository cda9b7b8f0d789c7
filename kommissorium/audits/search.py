"""What search finds of this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.searched import Searched
from kommissorium.audits.actions.readings import log_reading
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND
from kommissorium.audits.models import Audit, AuditEvaluation, AuditFinding, AuditPlan, AuditReading
from kommissorium.registers.search import SearchedActivity, SearchedProposal


class SearchedPlans(SearchedProposal[AuditPlan]):
    """Plans of a year."""

    model, label, proposal = AuditPlan, _("Plans of audits"), KIND.plan
    fields = ("statement",)


class SearchedAudits(SearchedActivity[Audit]):
    """Audits."""

    model, label, activity = Audit, _("Audits"), KIND


class SearchedFindings(Searched[AuditFinding]):
    """What audits found."""

    model, label = AuditFinding, _("Findings of audits")

    def opens_past(self, row: AuditFinding, person: Person) -> bool:
        log_reading(row.activity, person, AuditReading.What.AUDIT)
        return True


class SearchedEvaluations(SearchedProposal[AuditEvaluation]):
    """Evaluations of audits."""

    model, label, proposal = AuditEvaluation, _("Evaluations of audits"), EVALUATION
    fields = ("judgement", "effort")


SEARCHED = (SearchedPlans(), SearchedAudits(), SearchedFindings(), SearchedEvaluations())
