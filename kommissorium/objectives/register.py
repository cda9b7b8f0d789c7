"""The register of objectives, as the rest of the program knows it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from kommissorium.assets.models import reads_whole_register
from kommissorium.committees.measures import Measure
from kommissorium.core.schedule.actions import Periodic
from kommissorium.objectives.actions import measure_counted
from kommissorium.objectives.agenda_draft import objective_draft
from kommissorium.objectives.checks import CHECKS, shown_by_objectives
from kommissorium.objectives.objective_list import ObjectiveList
from kommissorium.objectives.proposal import KIND, news_table
from kommissorium.objectives.quarterly_status import status_parts
from kommissorium.objectives.search import SEARCHED
from kommissorium.objectives.status import count_objectives
from kommissorium.objectives.todo import reminders_on, todos_of
from kommissorium.registers.actions.daily_figures import keep_due_figures, record_counts
from kommissorium.registers.agenda import alone
from kommissorium.registers.drafting import OnItem
from kommissorium.registers.links import END_OF_DAY
from kommissorium.registers.menu import MenuLine
from kommissorium.registers.numbers import Counts
from kommissorium.registers.standard_register import StandardRegister


class ObjectiveRegister(StandardRegister):
    """Objectives: what is to be reached, and whether it is."""

    code = "objectives"
    label = _("Objectives")
    menu = MenuLine("objectives", is_shown_to=reads_whole_register)  # others by to-dos and mail
    place = 30
    searched = SEARCHED
    counts = Counts(
        count_objectives,
        ("objectives", "registers", "accounts", "risks"),
        record=partial(record_counts, code),
    )
    proposal = KIND
    subjects = (proposal,)
    lists = (ObjectiveList,)
    agenda = {Measure.AGENDA_ONGOING: OnItem(alone(news_table), objective_draft)}
    checks = CHECKS
    schedule = (Periodic("objective_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    todos = staticmethod(todos_of)
    reminders = staticmethod(reminders_on)
    status_on = staticmethod(status_parts)
    shows = staticmethod(shown_by_objectives)


REGISTER = ObjectiveRegister()
END_OF_DAY.offer(ObjectiveRegister.code, measure_counted)
