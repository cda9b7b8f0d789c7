"""Versions that a committee approved, as they are filed in the municipality's records system."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.meetings.filing import FiledKind
from kommissorium.policies.models import Version
from kommissorium.policies.proposal import KIND


class FiledVersions(FiledKind[Version]):
    """Approved versions: the decision, the text and what a body above decided."""

    kind = "policies.version"
    label = gettext_lazy("Policies")

    def rows(self, person: Person) -> QuerySet[Version]:
        return KIND.visible_to(person).filter(state="approved").order_by("-decision", "-pk")

    def title(self, row: Version) -> str:
        return KIND.title_of(row)

    def day(self, row: Version) -> date:
        return row.in_force_from or timezone.localdate(row.proposed_at)
