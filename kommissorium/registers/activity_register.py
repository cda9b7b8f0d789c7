"""A register of one kind of activity: its plan of a year, what is held, and its evaluation.

A room names them, and says what is its own; the rest follows. Why: docs/decisions/0030.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar

from django.utils.functional import Promise

from kommissorium.accounts.models import Person
from kommissorium.committees.measures import Measure
from kommissorium.committees.models import Committee
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import Todo
from kommissorium.registers.actions.daily_figures import keep_due_figures, record_counts
from kommissorium.registers.activities import ActivityKind
from kommissorium.registers.activity_agenda import ActivityAgenda
from kommissorium.registers.activity_status import ActivityStatus
from kommissorium.registers.activity_todos import activity_reminders, activity_todos
from kommissorium.registers.agenda import alone
from kommissorium.registers.drafting import OnItem
from kommissorium.registers.evaluations import EvaluationProposal
from kommissorium.registers.filing import FiledProposals
from kommissorium.registers.menu import MenuLine
from kommissorium.registers.past import PastEvent
from kommissorium.registers.past_activities import ACTIVITY_ACTS, ActivityPast, activity_past
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.requirements import Shown
from kommissorium.registers.search import SearchedActivity, SearchedProposal
from kommissorium.registers.shown_activities import shown_by_activities
from kommissorium.registers.standard_register import StandardRegister
from kommissorium.registers.status import StatusPart


class ActivityRegister(StandardRegister):
    """A register of activities. What a room has beside them stands in its `subjects`, `filings`,
    `searched`, `schedule` and `counts`."""

    kind: ClassVar[ActivityKind[Any]]
    evaluation: ClassVar[EvaluationProposal[Any]]
    on_agendas: ClassVar[ActivityAgenda]
    in_quarters: ClassVar[ActivityStatus]
    home: ClassVar[str] = ""  # the address that the menu leads to; "": the list of activities
    # What many of them are called where they are found or filed: plans, activities, evaluations.
    many: ClassVar[tuple[str | Promise, str | Promise, str | Promise]]
    acts: ClassVar[tuple[str, ...]] = ACTIVITY_ACTS

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        plan, evaluation, agenda = cls.kind.plan, cls.evaluation, cls.on_agendas
        plans, activities, evaluations = cls.many
        # Others find their own by to-dos and mail.
        cls.menu = MenuLine(
            cls.home or cls.kind.home,
            (f"/activities/{cls.kind.slug}/", f"/{cls.code}/"),
            is_shown_to=Committee.are_followed_by,
        )
        cls.counts = replace(
            cls.counts,
            rooms=(cls.code, "registers", "accounts", *cls.counts.rooms),
            record=partial(record_counts, cls.code),
        )
        cls.proposal = plan
        cls.subjects = (*cls.subjects, plan, evaluation)
        filed = FiledProposals(plan, plans), FiledProposals(evaluation, evaluations)
        cls.filings = (*filed, *cls.filings)
        cls.searched = (
            SearchedProposal.of(plan, plans, ("statement",)),
            SearchedActivity.of(cls.kind, activities),
            SearchedProposal.of(evaluation, evaluations, tuple(evaluation.texts)),
            *cls.searched,
        )
        cls.agenda = MappingProxyType(
            {
                Measure.AGENDA_ONGOING: OnItem(alone(agenda.held_table), agenda.ongoing_draft),
                Measure.AGENDA_YEAR_WHEEL: OnItem(agenda.coming_tables, agenda.year_wheel_draft),
            }
        )
        figures = partial(keep_due_figures, cls.code)
        kept = Periodic(f"{cls.code}_figures", figures, timedelta(hours=1))
        cls.schedule = (kept, *cls.schedule)

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> ActivityPast:
        return activity_past(
            events,
            today,
            register=self.code,
            plan=self.proposal.kind,
            slug=self.kind.slug,
            evaluation=self.evaluation.kind,
        )

    def todos(self, person: Person, day: date, /) -> Iterable[Todo]:
        return activity_todos(self.kind, person, day)

    def reminders(self, day: date, /) -> Iterable[Reminder]:
        return activity_reminders(self.kind, day)

    def status_on(self, quarter: Quarter, /) -> Iterable[StatusPart]:
        return self.in_quarters.parts(quarter)

    def shows(self, day: date, /) -> Iterable[Shown]:
        return shown_by_activities(self.kind, day)
