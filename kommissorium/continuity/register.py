"""The register of continuity, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Asset
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Committee
from kommissorium.continuity.activations import activations_of
from kommissorium.continuity.agenda import AGENDA, ongoing_draft, year_wheel_draft
from kommissorium.continuity.checks import CHECKS
from kommissorium.continuity.evaluation import EVALUATION
from kommissorium.continuity.import_sheet import ServiceSheet
from kommissorium.continuity.kind import KIND, TEST_PLAN
from kommissorium.continuity.models import Service
from kommissorium.continuity.past import ACTS, ContinuityPast, continuity_past
from kommissorium.continuity.plan import PLAN
from kommissorium.continuity.quarterly_status import status_parts
from kommissorium.continuity.search import SEARCHED
from kommissorium.continuity.service_list import ServiceList
from kommissorium.continuity.service_status import count_services, statuses_of
from kommissorium.continuity.shown import shown_by_plans
from kommissorium.continuity.testing_list import ContinuityTestList
from kommissorium.continuity.todo import todos_of
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.facts import FactTable
from kommissorium.registers.actions.daily_figures import keep_due_figures
from kommissorium.registers.activities import counted_states
from kommissorium.registers.activity_todos import activity_reminders
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.filing import FiledProposals
from kommissorium.registers.happenings import Happening
from kommissorium.registers.indicators import percentage
from kommissorium.registers.past import PastEvent
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.register import Part
from kommissorium.registers.requirements import Shown
from kommissorium.registers.standard_register import StandardRegister
from kommissorium.registers.status import StatusPart


class ContinuityRegister(StandardRegister):
    """What must go on, the plans for when it does not, and the tests of them."""

    code = "continuity"
    label = _("Continuity")
    home = "continuity"
    prefixes = ("/activities/continuity/", "/continuity/")
    place = 36
    searched = SEARCHED
    counted_from = ("continuity", "registers", "accounts", "assets")
    proposal = PLAN
    subjects = (PLAN, TEST_PLAN, EVALUATION)
    activities = (KIND,)
    lists = (ServiceList, ContinuityTestList)
    imports = (ServiceSheet,)
    filings = (
        FiledProposals(PLAN, _("Plans of services")),
        FiledProposals(TEST_PLAN, _("Plans of tests")),
        FiledProposals(EVALUATION, _("Evaluations of tests")),
    )
    indicators = MappingProxyType(
        {
            "covered": percentage(
                _("Critical services with their plans"),
                "covered",
                "critical",
                _("Of the critical services: how many have plans of the three kinds in force."),
            )
        }
    )
    acts = ACTS
    checks = CHECKS
    agenda = MappingProxyType({Measure.AGENDA_YEAR_WHEEL: AGENDA.coming_tables})
    drafts = MappingProxyType(
        {Measure.AGENDA_ONGOING: ongoing_draft, Measure.AGENDA_YEAR_WHEEL: year_wheel_draft}
    )
    schedule = (
        Periodic("continuity_figures", partial(keep_due_figures, code), timedelta(hours=1)),
    )

    def is_shown_to(self, person: Person) -> bool:
        return Committee.are_followed_by(person)  # others find their own by to-dos and mail

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> ContinuityPast:
        return continuity_past(events, today, self.code)

    def count(self, day: date) -> Mapping[str, int]:
        return {**counted_states(KIND, day), **count_services(day)}

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return activity_reminders(KIND, day)

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        return status_parts(quarter)

    def shows(self, day: date) -> Iterable[Shown]:
        return [*super().shows(day), *shown_by_plans(day)]

    def news(self, context: AgendaContext) -> FactTable | None:
        return AGENDA.held_table(context)

    def follows(self, happening: Happening, person: Person) -> Iterable[Part]:
        return activations_of(happening, person)

    def parts_of(self, subject: Model, person: Person) -> Iterable[Part]:
        if isinstance(subject, Asset):
            rows = Service.objects.visible_to(person).in_use().filter(systems=subject)
            if found := statuses_of(rows.order_by("title", "pk"), timezone.localdate()):
                yield Part("continuity/asset.html", {"statuses": found, "asset": subject})


REGISTER = ContinuityRegister()
