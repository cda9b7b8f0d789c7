"""Risk levels and acceptances, as they are filed in the municipality's records system."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.core.ui.localised import day
from kommissorium.meetings.filing import FiledKind
from kommissorium.risks.level_document import category_of
from kommissorium.risks.models import Acceptance, RiskLevel


class FiledLevels(FiledKind[RiskLevel]):
    """Risk levels that a committee laid down."""

    kind = "risks.risklevel"
    label = gettext_lazy("Risk levels")

    def rows(self, person: Person) -> QuerySet[RiskLevel]:
        found = RiskLevel.objects.visible_to(person).filter(state=RiskLevel.State.APPROVED)
        return found.select_related("decision").order_by("-pk")

    def title(self, row: RiskLevel) -> str:
        values = {"year": str(row.year), "category": category_of(row)}
        return _("Risk level %(year)s: %(category)s") % values

    def day(self, row: RiskLevel) -> date:
        if row.decision:
            return timezone.localdate(row.decision.decided_at)
        return row.in_force_from or timezone.localdate(row.made_at)


class FiledAcceptances(FiledKind[Acceptance]):
    """Acceptances of risks that were given, whatever became of them."""

    kind = "risks.acceptance"
    label = gettext_lazy("Risk acceptances")

    def rows(self, person: Person) -> QuerySet[Acceptance]:
        found = Acceptance.objects.visible_to(person).filter(state=Acceptance.State.ACCEPTED)
        return found.prefetch_related("risks__scenario").order_by("-pk")

    def title(self, row: Acceptance) -> str:
        values = {
            "risks": "; ".join(one.scenario.title for one in row.risks.all()),
            "money": row.loss_in_words,
            "day": day(row.expires_on),
        }
        return _("%(risks)s: %(money)s until %(day)s") % values

    def day(self, row: Acceptance) -> date:
        return timezone.localdate(row.accepted_at or row.proposed_at)


FILINGS = (FiledLevels(), FiledAcceptances())
