"""The register of audits, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.audits.actions.readings import forget_readings
from kommissorium.audits.agenda import AGENDA, ongoing_draft, year_wheel_draft
from kommissorium.audits.audit_list import AuditList
from kommissorium.audits.checks import CHECKS
from kommissorium.audits.counts import INDICATORS, count_audits
from kommissorium.audits.evaluation import EVALUATION
from kommissorium.audits.kind import KIND, PLAN
from kommissorium.audits.past import ACTS, AuditPast, audit_past
from kommissorium.audits.quarterly_status import status_parts
from kommissorium.audits.search import SEARCHED
from kommissorium.audits.todo import todos_of
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import Todo
from kommissorium.meetings.facts import FactTable
from kommissorium.registers.actions.daily_figures import keep_due_figures
from kommissorium.registers.activity_todos import activity_reminders
from kommissorium.registers.agenda import AgendaContext
from kommissorium.registers.filing import FiledProposals
from kommissorium.registers.past import PastEvent
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.standard_register import StandardRegister
from kommissorium.registers.status import StatusPart


class AuditsRegister(StandardRegister):
    """Audits: planned, held by who is independent, answered, and evaluated by the committee."""

    code = "audits"
    label = _("Audits")
    home = "audits"
    prefixes = ("/activities/audits/", "/audits/")
    place = 45
    searched = SEARCHED
    counted_from = ("audits", "registers", "accounts")
    proposal = PLAN
    subjects = (PLAN, EVALUATION)
    activities = (KIND,)
    lists = (AuditList,)
    filings = (
        FiledProposals(PLAN, _("Plans of audits")),
        FiledProposals(EVALUATION, _("Evaluations of audits")),
    )
    indicators = INDICATORS
    acts = ACTS
    checks = CHECKS
    agenda = MappingProxyType({Measure.AGENDA_YEAR_WHEEL: AGENDA.coming_tables})
    drafts = MappingProxyType(
        {Measure.AGENDA_ONGOING: ongoing_draft, Measure.AGENDA_YEAR_WHEEL: year_wheel_draft}
    )
    schedule = (
        Periodic("audits_figures", partial(keep_due_figures, code), timedelta(hours=1)),
        Periodic("audit_readings", forget_readings, timedelta(days=1)),
    )

    def is_shown_to(self, person: Person) -> bool:
        return Committee.are_followed_by(person)  # others find their own by to-dos and mail

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> AuditPast:
        return audit_past(events, today, self.code)

    def count(self, day: date) -> Mapping[str, int]:
        return count_audits(day)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return activity_reminders(KIND, day)

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        return status_parts(quarter)

    def news(self, context: AgendaContext) -> FactTable | None:
        return AGENDA.held_table(context)


REGISTER = AuditsRegister()
