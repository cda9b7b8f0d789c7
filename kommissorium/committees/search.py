"""Search in this room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.search import Searched
from kommissorium.committees.models import Committee, Mandate


class SearchedCommittees(Searched[Committee]):
    """Committees, for whoever follows them."""

    model, label = Committee, _("Committees")
    fields = ("place", "email")


class SearchedMandates(Searched[Mandate]):
    """Mandates with their clauses."""

    model, label = Mandate, _("Mandates")
    fields = ("adopted_by",)
    named = ("committee",)
    parts = {"clauses": ("number", "text")}
    dated = "effective_from"


SEARCHED = (SearchedCommittees(), SearchedMandates())
