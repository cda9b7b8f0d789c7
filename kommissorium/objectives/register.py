"""The register of objectives, as the rest of the program knows it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.search import Searched, told_of
from kommissorium.assets.models import reads_whole_register
from kommissorium.core.schedule.actions import Periodic
from kommissorium.measures.codes import Measure
from kommissorium.measures.rules.objectives import UNDECIDED
from kommissorium.objectives.actions import measure_counted
from kommissorium.objectives.checks import shown_by_objectives
from kommissorium.objectives.missed import MISSED_ONES, undecided_beside
from kommissorium.objectives.models import Objective, ObjectiveSet
from kommissorium.objectives.objective_list import ObjectiveList
from kommissorium.objectives.opening import ObjectiveOpening
from kommissorium.objectives.past import news_table, objective_draft, status_parts
from kommissorium.objectives.proposal import KIND
from kommissorium.objectives.signals import SIGNALS
from kommissorium.objectives.status import statuses_on
from kommissorium.objectives.todo import reminders_on, todos_of
from kommissorium.registers.actions.kept import keep_due_figures, record_counts
from kommissorium.registers.agenda import OnItem, alone
from kommissorium.registers.links import END_OF_DAY
from kommissorium.registers.menu import Deed, MenuLine
from kommissorium.registers.numbers import Counts
from kommissorium.registers.search import SearchedProposal
from kommissorium.registers.standard_proposals import StandardRegister


class SearchedObjectives(Searched[Objective]):
    """Objectives, each by itself."""

    model, label = Objective, _("Objectives")
    fields = ("why", "serves")
    named = ("owner",)
    dated = "due"

    def history(self, row: Objective) -> Q:
        return told_of(row)


def _count(day: date) -> dict[str, int]:
    rows = statuses_on(day)
    return SIGNALS.counted(rows) | {UNDECIDED.code: len(undecided_beside(rows, day))}


class ObjectiveRegister(StandardRegister):
    """Objectives: what is to be reached, and whether it is."""

    code = "objectives"
    label = _("Objectives")
    menu = MenuLine("objectives", is_shown_to=reads_whole_register)  # others by to-dos and mail
    place = 30
    deeds = (
        Deed(
            _("Draft the objectives of a year"),
            _("new add create objective goal target"),
            "objectives",
            ObjectiveSet.can_be_drafted_by,
        ),
    )
    searched = (
        SearchedProposal.of(KIND, _("Objectives of a year"), ("statement",)),
        SearchedObjectives(),
    )
    signals = (SIGNALS,)
    counts = Counts(
        _count,
        ("objectives", "registers", "accounts", "risks", "meetings"),
        record=partial(record_counts, code),
    )
    proposal = KIND
    subjects = (proposal, MISSED_ONES)
    opening = ObjectiveOpening
    lists = (ObjectiveList,)
    agenda = {Measure.AGENDA_ONGOING: OnItem(alone(news_table), objective_draft)}
    schedule = (Periodic("objective_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    todos = staticmethod(todos_of)
    reminders = staticmethod(reminders_on)
    status_on = staticmethod(status_parts)
    shows = staticmethod(shown_by_objectives)


REGISTER = ObjectiveRegister()
END_OF_DAY.offer(ObjectiveRegister.code, measure_counted)
