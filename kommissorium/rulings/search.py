"""Search in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.registers.search import SearchedProposal
from kommissorium.rulings import dispensations, interpretations
from kommissorium.rulings.models import Dispensation, Interpretation


class SearchedInterpretations(SearchedProposal[Interpretation]):
    """Interpretations of rules."""

    model, label, proposal = Interpretation, _("Interpretations"), interpretations.KIND
    fields = ("question", "ruling")
    named = ("document",)
    related = ("document",)


class SearchedDispensations(SearchedProposal[Dispensation]):
    """Dispensations from rules."""

    model, label, proposal = Dispensation, _("Dispensations"), dispensations.KIND
    fields = ("place", "reason", "measure", "ended_because")
    named = ("document", "area", "asset")
    related = ("document",)

    def title(self, row: Dispensation) -> str:
        return str(row)


SEARCHED = (SearchedInterpretations(), SearchedDispensations())
