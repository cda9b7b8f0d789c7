"""Search in this room."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.accounts.search import Searched
from kommissorium.yearwheel.models import Duty, Occurrence


class SearchedDuties(Searched[Duty]):
    """Duties of the year wheel."""

    model, label = Duty, _("Duties")
    fields = ("method", "success", "evidence_wanted", "ended_because")
    named = ("responsible_person",)
    dated = "begins"


class SearchedOccurrences(Searched[Occurrence]):
    """Results of a duty, each time it was done or skipped."""

    model, label = Occurrence, _("Duties done")
    fields = ("conclusion", "skipped_because")
    related = ("duty",)
    dated = "due"

    def rows(self) -> QuerySet[Occurrence]:
        return super().rows().exclude(state=Occurrence.State.OPEN)

    def visible_to(self, person: Person) -> QuerySet[Occurrence]:
        return Occurrence.objects.visible_to(person).exclude(state=Occurrence.State.OPEN)

    def past_of(self, person: Person) -> QuerySet[Occurrence]:
        return Occurrence.objects.visible_to(person)

    def title(self, row: Occurrence) -> str:
        return row.title


SEARCHED = (SearchedDuties(), SearchedOccurrences())
