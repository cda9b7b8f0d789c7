"""The register of policies, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.committees.measures import Measure
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import Todo
from kommissorium.policies import dispensations, interpretations
from kommissorium.policies.checks_rulings import ACTS, RulingPast, owner_guidelines, ruling_past
from kommissorium.policies.dispensations import ExpiringDispensations
from kommissorium.policies.models import Document
from kommissorium.policies.policy_list import PolicyList
from kommissorium.policies.proposal import KIND
from kommissorium.policies.readers import owners_who_read
from kommissorium.policies.ruling_agenda import ruling_draft, ruling_tables, status_part
from kommissorium.policies.ruling_counts import INDICATORS, count_rulings
from kommissorium.policies.ruling_lists import DispensationList, InterpretationList
from kommissorium.policies.ruling_todo import reminders_on, todos_of
from kommissorium.policies.status import count_documents
from kommissorium.registers.actions.daily_figures import keep_due_figures, record_counts
from kommissorium.registers.agenda import AgendaContext, Tables
from kommissorium.registers.past import PastEvent
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.register import Register
from kommissorium.registers.status import StatusPart


def _tables(_context: AgendaContext) -> Tables:
    return tuple(ruling_tables())


class PolicyRegister(Register):
    """Policies: what is laid down, at which level, and the version in force."""

    code = "policies"
    label = _("Policies")
    home = "policies"
    place = 15
    counted_from = ("policies", "registers", "assets", "accounts", "committees")
    subjects = (KIND, interpretations.KIND, dispensations.KIND, ExpiringDispensations())
    lists = (PolicyList, InterpretationList, DispensationList)
    agenda = {Measure.AGENDA_POLICIES: _tables}
    drafts = {Measure.AGENDA_POLICIES: ruling_draft}
    acts = ACTS
    checks = {Measure.OWNER_GUIDELINES: owner_guidelines}
    indicators = INDICATORS
    schedule = (Periodic("policy_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    def is_shown_to(self, person: Person) -> bool:
        return reads_whole_register(person) or Document.objects.visible_to(person).exists()

    def count(self, day: date) -> Mapping[str, int]:
        return {**count_documents(day), **count_rulings(day)}

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> RulingPast:
        return ruling_past(events, today)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return reminders_on(day)

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        return status_part(quarter)

    def record_figures(self, day: date) -> Event | None:
        return record_counts(self.code, day)

    def owners_who_read(self, day: date) -> set[int]:
        return owners_who_read(day)


REGISTER = PolicyRegister()
