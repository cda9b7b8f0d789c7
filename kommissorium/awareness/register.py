"""The register of awareness, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.awareness.actions.figures import erase_due_persons
from kommissorium.awareness.agenda import AGENDA, ongoing_draft, year_wheel_draft
from kommissorium.awareness.awareness_list import AwarenessList
from kommissorium.awareness.checks import CHECKS
from kommissorium.awareness.counts import INDICATORS, count_awareness
from kommissorium.awareness.evaluation import EVALUATION
from kommissorium.awareness.import_sheet import CompletionSheet
from kommissorium.awareness.kind import KIND, PLAN
from kommissorium.awareness.quarterly_status import status_parts
from kommissorium.awareness.search import SEARCHED
from kommissorium.awareness.todo import todos_of
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
from kommissorium.registers.past_activities import ACTIVITY_ACTS, ActivityPast, activity_past
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.standard_register import StandardRegister
from kommissorium.registers.status import StatusPart


class AwarenessRegister(StandardRegister):
    """Information and teaching: planned, held, and evaluated each half-year."""

    code = "awareness"
    label = _("Awareness")
    home = "awareness"
    prefixes = ("/activities/awareness/", "/awareness/")
    place = 35
    searched = SEARCHED
    counted_from = ("awareness", "registers", "accounts")
    proposal = PLAN
    subjects = (PLAN, EVALUATION)
    activities = (KIND,)
    lists = (AwarenessList,)
    imports = (CompletionSheet,)
    filings = (
        FiledProposals(PLAN, _("Plans of information and teaching")),
        FiledProposals(EVALUATION, _("Evaluations of awareness")),
    )
    indicators = INDICATORS
    acts = ACTIVITY_ACTS
    checks = CHECKS
    agenda = MappingProxyType({Measure.AGENDA_YEAR_WHEEL: AGENDA.coming_tables})
    drafts = MappingProxyType(
        {Measure.AGENDA_ONGOING: ongoing_draft, Measure.AGENDA_YEAR_WHEEL: year_wheel_draft}
    )
    schedule = (
        Periodic("awareness_figures", partial(keep_due_figures, code), timedelta(hours=1)),
        Periodic("awareness_persons", erase_due_persons, timedelta(hours=6)),
    )

    def is_shown_to(self, person: Person) -> bool:
        return Committee.are_followed_by(person)  # others find their own by to-dos and mail

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> ActivityPast:
        return activity_past(
            events,
            today,
            register=self.code,
            plan=PLAN.kind,
            slug=KIND.slug,
            evaluation=EVALUATION.kind,
        )

    def count(self, day: date) -> Mapping[str, int]:
        return count_awareness(day)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return activity_reminders(KIND, day)

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        return status_parts(quarter)

    def news(self, context: AgendaContext) -> FactTable | None:
        return AGENDA.held_table(context)


REGISTER = AwarenessRegister()
