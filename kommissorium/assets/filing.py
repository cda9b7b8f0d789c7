"""The owners' yearly statements, as they are filed in the municipality's records system."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Round
from kommissorium.meetings.filing import FiledKind


class FiledAttestations(FiledKind[Round]):
    """Attestations that are closed."""

    kind = "assets.round"
    label = gettext_lazy("Attestations")

    def rows(self, person: Person) -> QuerySet[Round]:
        if not Round.can_be_run_by(person):
            return Round.objects.none()
        return Round.objects.filter(closed_at__isnull=False).order_by("-pk")

    def title(self, row: Round) -> str:
        return row.title

    def day(self, row: Round) -> date:
        return timezone.localdate(row.closed_at)
