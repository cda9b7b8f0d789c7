"""The register of interpretations and dispensations, as the rest of the program knows it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from kommissorium.core.schedule.actions import Periodic
from kommissorium.measures.codes import Measure
from kommissorium.registers.actions.kept import keep_due_figures, record_counts
from kommissorium.registers.agenda import OnItem
from kommissorium.registers.menu import MenuLine, nobody
from kommissorium.registers.numbers import Counts
from kommissorium.registers.protocol import Register
from kommissorium.rulings import dispensations, interpretations, todo
from kommissorium.rulings.agenda import compose_rulings, ruling_draft, status_part
from kommissorium.rulings.expiring import ExpiringDispensations
from kommissorium.rulings.lists import DispensationList, InterpretationList
from kommissorium.rulings.opening import RulingOpening
from kommissorium.rulings.search import SEARCHED
from kommissorium.rulings.signals import (
    INDICATORS,
    OF_DISPENSATIONS,
    OF_QUESTIONS,
    count_rulings,
)


class RulingRegister(Register):
    """Interpretations of rules, and dispensations from them."""

    code = "rulings"
    label = _("Interpretations and dispensations")
    menu = MenuLine("interpretations", is_shown_to=nobody)  # the tabs of the policies lead here
    place = 16
    counts = Counts(
        count_rulings,
        ("rulings", "policies", "registers"),
        INDICATORS,
        record=partial(record_counts, code),
    )
    subjects = (interpretations.KIND, dispensations.KIND, ExpiringDispensations())
    signals = (OF_QUESTIONS, OF_DISPENSATIONS)
    opening = RulingOpening
    lists = (InterpretationList, DispensationList)
    searched = SEARCHED
    agenda = MappingProxyType({Measure.AGENDA_POLICIES: OnItem(compose_rulings, ruling_draft)})
    schedule = (Periodic("ruling_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    todos = staticmethod(todo.todos_of)
    reminders = staticmethod(todo.reminders_on)
    status_on = staticmethod(status_part)


REGISTER = RulingRegister()
