"""Search in this room besides tests, their plans and their evaluations."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.search import Searched
from kommissorium.continuity.models import Service
from kommissorium.continuity.plan import PLAN
from kommissorium.registers.search import SearchedProposal


class SearchedServices(Searched[Service]):
    """Services that must go on, by their name and what stops with them."""

    model, label = Service, _("Services and processes")
    fields = ("impact",)
    named = ("responsible", "area")


STEPS = ("starts_when", "contingency", "emergency", "recovery", "change_because")
SEARCHED = (SearchedServices(), SearchedProposal.of(PLAN, _("Plans of services"), STEPS))
