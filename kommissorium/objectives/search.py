"""Search in this room."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.searched import Searched, told_of
from kommissorium.objectives.models import Objective
from kommissorium.objectives.proposal import KIND
from kommissorium.registers.search import SearchedProposal


class SearchedObjectives(Searched[Objective]):
    """Objectives, each by itself."""

    model, label = Objective, _("Objectives")
    fields = ("why", "serves")
    named = ("owner",)
    dated = "due"

    def history(self, row: Objective) -> Q:
        return told_of(row)


SEARCHED = (
    SearchedProposal.of(KIND, _("Objectives of a year"), ("statement",)),
    SearchedObjectives(),
)
