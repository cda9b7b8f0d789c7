"""Closed cases, as they are filed in the municipality's records system."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.incidents.models import OPEN, Incident, Nature
from kommissorium.meetings.filing import FiledKind


class FiledIncidents(FiledKind[Incident]):
    """Closed cases. Once one is filed, the names of persons concerned are erased by rule."""

    kind = "incidents.incident"
    label = gettext_lazy("Incidents")

    def rows(self, person: Person) -> QuerySet[Incident]:
        found = Incident.objects.visible_to(person).exclude(state__in=OPEN)
        return found.exclude(nature=Nature.NONE).order_by("-closed_at", "-pk")

    def title(self, row: Incident) -> str:
        return row.label

    def day(self, row: Incident) -> date:
        return timezone.localdate(row.closed_at)
