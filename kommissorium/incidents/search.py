"""Search in this room: the cases a person may read, without a word of their content.

Readings of a case are logged; so reports are found, but read on their page alone.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.actions.readings import note_reading
from kommissorium.accounts.models import Person, Reading
from kommissorium.accounts.search import Searched
from kommissorium.incidents.evaluation import KIND
from kommissorium.incidents.models import Evaluation, Incident
from kommissorium.registers.search import SearchedProposal


class SearchedIncidents(Searched[Incident]):
    """Cases, by the fields that their list searches."""

    model, label = Incident, _("Incidents")
    fields = ("what", "place", "receipt")
    dated = "reported_at"
    shows_text = False

    def title(self, row: Incident) -> str:
        return row.title or row.label

    def opens_past(self, row: Incident, person: Person) -> bool:
        note_reading(row, by=person, what=Reading.What.PAGE)
        return True

    def number(self, row: Incident) -> str:
        return row.case_number


class SearchedEvaluations(SearchedProposal[Evaluation]):
    """Evaluations of incidents, which name nobody."""

    model, label, proposal = Evaluation, _("Evaluations of incidents"), KIND
    fields = (
        *("summary", "went_well", "went_badly", "cause", "contributing"),
        *("scenario", "measures", "learning"),
    )
    related = ("incident",)


SEARCHED = (SearchedIncidents(), SearchedEvaluations())
