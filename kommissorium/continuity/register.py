"""The register of continuity, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import MappingProxyType
from typing import Final

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.import_sheet import ServiceSheet
from kommissorium.continuity.kind import KIND
from kommissorium.continuity.lists import ContinuityTestList, ServiceList
from kommissorium.continuity.models import Service
from kommissorium.continuity.opening import ContinuityOpening
from kommissorium.continuity.past import status_parts
from kommissorium.continuity.plan import PLAN, shown_by_plans
from kommissorium.continuity.plan_upkeep import activations_of
from kommissorium.continuity.search import SEARCHED
from kommissorium.continuity.service_status import AGENDA, SERVICES, count_services, statuses_of
from kommissorium.continuity.todo import todos_of
from kommissorium.registers.activity_register import ActivityRegister
from kommissorium.registers.menu import PARTS, Deed, Part
from kommissorium.registers.numbers import Counts, percentage
from kommissorium.registers.offered import FOLLOWS
from kommissorium.registers.requirements import Shown
from kommissorium.registers.standard_proposals import FiledProposals

INDICATORS: Final = MappingProxyType(
    {
        "covered": percentage(
            _("Critical services with their plans"),
            "covered",
            "critical",
            _("Of the critical services: how many have plans of the three kinds in force."),
        )
    }
)


def parts_of(subject: Model, person: Person) -> Iterable[Part]:
    """Yield its part of the page of an asset."""
    if isinstance(subject, Asset):
        rows = Service.objects.visible_to(person).in_use().filter(systems=subject)
        if found := statuses_of(rows.order_by("title", "pk"), timezone.localdate()):
            yield Part("continuity/asset.html", {"statuses": found, "asset": subject})


class ContinuityRegister(ActivityRegister):
    """Services that must go on, the plans for when they stop, and the tests of them."""

    code = "continuity"
    label = _("Continuity")
    home = "continuity"
    place = 36
    deeds = (
        Deed(
            _("Add a service"),
            _("new create contingency plan business"),
            "continuity_service_new",
            Service.can_be_kept_by,
        ),
    )
    kind, evaluation, on_agendas = KIND, EVALUATION, AGENDA
    many = _("Plans of tests"), _("Tests of contingency"), _("Evaluations of tests")
    signals = (SERVICES,)
    counts = Counts(count_services, ("assets",), INDICATORS)
    subjects = (PLAN,)
    filings = (FiledProposals(PLAN, _("Plans of services")),)
    searched = SEARCHED
    opening = ContinuityOpening
    lists = (ServiceList, ContinuityTestList)
    imports = (ServiceSheet,)

    todos = staticmethod(todos_of)
    status_on = staticmethod(status_parts)

    def shows(self, day: date) -> Iterable[Shown]:
        return [*super().shows(day), *shown_by_plans(day)]


REGISTER = ContinuityRegister()
FOLLOWS.offer(ContinuityRegister.code, activations_of)
PARTS.offer(ContinuityRegister.code, parts_of)
