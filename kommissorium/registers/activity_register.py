"""A register of one kind of activity: its plan, what is held, its evaluation, its to-do items.

A room names them, and says what is its own; the rest follows. Why: docs/decisions/0030.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.localised import day as in_words
from kommissorium.core.ui.todo import Todo
from kommissorium.measures.codes import Measure
from kommissorium.measures.periods import Quarter
from kommissorium.registers.actions.kept import keep_due_figures, record_counts
from kommissorium.registers.actions.planned_duties import keep_all_planned
from kommissorium.registers.activities import LATE, ActivityKind
from kommissorium.registers.activity_told import ActivityAgenda, ActivityStatus
from kommissorium.registers.agenda import OnItem, alone
from kommissorium.registers.links import TOLD_ELSEWHERE
from kommissorium.registers.menu import Deed, MenuLine
from kommissorium.registers.models.activities import ActivityState, in_state
from kommissorium.registers.numbers import Counting, Numbers
from kommissorium.registers.requirements import Shown
from kommissorium.registers.search import SearchedActivity, SearchedProposal
from kommissorium.registers.shown import shown_by_activities
from kommissorium.registers.standard_proposals import (
    EvaluationProposal,
    FiledProposals,
    StandardRegister,
)
from kommissorium.registers.status import StatusPart

type Kind = ActivityKind[Any]
AHEAD: Final = timedelta(days=14)  # from when an activity stands among the to-dos
DRAFTED: Final = gettext_lazy(
    "new plan year begin"
)  # what is typed for a plan that is to be drafted
NEXT_YEAR: Final = 11  # the month from which the next year's plan is asked for


def activity_todos(kind: Kind, person: Person, today: date) -> Iterator[Todo]:
    """Yield what the person is to hold, and for coordinators what is late and the plan that lacks."""
    rows = kind.visible_to(person).filter(plan__state="approved").order_by("planned_for", "pk")
    late, soon = in_state(ActivityState.LATE, today), in_state(ActivityState.PLANNED, today)
    is_near = late | soon & Q(planned_for__lte=today + AHEAD)
    own = 0
    for one in rows.filter(is_near, responsible=person):
        values = {"title": one.title, "day": in_words(one.planned_for)}
        if one.planned_for < today:
            text, url = _("“%(title)s” was to be held by %(day)s."), one.address("activity_hold")
            due, own = one.planned_for, own + 1
            yield Todo(text % values, _("Say how it went"), url, urgent=True, due=due)
        else:
            text, url = _("“%(title)s” is to be held by %(day)s."), one.get_absolute_url()
            yield Todo(text % values, _("See"), url, due=one.planned_for)
    if person.is_coordinator:
        yield from _for_coordinators(kind, own, today)


def _for_coordinators(kind: Kind, own: int, today: date) -> Iterator[Todo]:
    """Yield what is late, unless it is their own alone: those have a line each."""
    numbers = kind.signals.count(today)
    if numbers[LATE.code] > own:
        yield from kind.signals.todos(numbers, LATE)
    plans = kind.plan.model._default_manager.exclude(state="dropped")  # noqa: SLF001
    year = today.year + (today.month >= NEXT_YEAR)
    newest = plans.aggregate(year=Max("year"))["year"]
    if newest is not None and newest < year:
        text = _("Nobody has drafted what is planned for %(year)s.")
        link = f"{reverse(kind.home)}#plans"
        yield Todo(text % {"year": year}, str(kind.new_plan), link, minutes=90)


def _counted(kind: Kind, more: Counting, day: date) -> Numbers:
    """Return the numbers of the activities, and those that the room has beside them."""
    return {**kind.signals.count(day), **more(day)}


class ActivityRegister(StandardRegister):
    """A register of activities. What a room has beside them stands in its `subjects`, `filings`,
    `searched`, `schedule`, `signals` and `counts`."""

    kind: ClassVar[ActivityKind[Any]]
    evaluation: ClassVar[EvaluationProposal[Any]]
    on_agendas: ClassVar[ActivityAgenda]
    in_quarters: ClassVar[ActivityStatus]
    home: ClassVar[str] = ""  # the address that the menu leads to; "": the list of activities
    # What many of them are called where they are found or filed: plans, activities, evaluations.
    many: ClassVar[tuple[str | Promise, str | Promise, str | Promise]]

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
        may = plan.model.can_be_drafted_by
        drafted = Deed(cls.kind.new_plan, DRAFTED, "activity_plan_new", may, (cls.kind.slug,))
        cls.deeds = (drafted, *cls.deeds)
        cls.signals = (cls.kind.signals, *cls.signals)
        cls.counts = replace(
            cls.counts,
            on=partial(_counted, cls.kind, cls.counts.on),
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
        planned = partial(keep_all_planned, cls.kind)
        cls.schedule = (
            Periodic(f"{cls.code}_figures", figures, timedelta(hours=1)),
            Periodic(f"{cls.code}_planned", planned, timedelta(hours=6)),
            *cls.schedule,
        )
        # Its to-dos tell of what is planned; the wheel reminds of it.
        name = cls.kind.model._meta.label_lower  # noqa: SLF001 Django's documented model API
        TOLD_ELSEWHERE.offer(cls.code, (f"{name}:",))

    def todos(self, person: Person, day: date, /) -> Iterable[Todo]:
        return activity_todos(self.kind, person, day)

    def status_on(self, quarter: Quarter, /) -> Iterable[StatusPart]:
        return self.in_quarters.parts(quarter)

    def shows(self, day: date, /) -> Iterable[Shown]:
        return shown_by_activities(self.kind, day)
