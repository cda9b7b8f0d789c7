"""The register of interpretations and dispensations, as the rest of the program knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.measures import Measure
from kommissorium.core.evidence.models import Event
from kommissorium.core.mail.digest import Reminder
from kommissorium.core.schedule.actions import Periodic
from kommissorium.core.ui.todo import Todo
from kommissorium.policies.past import ACTS, PolicyPast, policy_past
from kommissorium.registers.actions.daily_figures import keep_due_figures, record_counts
from kommissorium.registers.drafting import OnItem
from kommissorium.registers.menu import MenuLine, nobody
from kommissorium.registers.past import ActAbout, PastEvent
from kommissorium.registers.protocol import Register
from kommissorium.registers.quarters import Quarter
from kommissorium.registers.status import StatusPart
from kommissorium.rulings import dispensations, interpretations, todo
from kommissorium.rulings.agenda import compose_rulings, ruling_draft, status_part
from kommissorium.rulings.checks import CHECKS, DRAFTED, DROPPED, ENDED, INTERPRETATION
from kommissorium.rulings.counts import INDICATORS, count_rulings
from kommissorium.rulings.lists import DispensationList, InterpretationList
from kommissorium.rulings.search import SEARCHED


class RulingRegister(Register):
    """Interpretations of rules, and dispensations from them."""

    code = "rulings"
    label = _("Interpretations and dispensations")
    menu = MenuLine("interpretations", is_shown_to=nobody)  # the tabs of the policies lead here
    place = 16
    counted_from = ("rulings", "policies", "registers")
    subjects = (interpretations.KIND, dispensations.KIND, dispensations.ExpiringDispensations())
    indicators = INDICATORS
    lists = (InterpretationList, DispensationList)
    acts = (*ACTS, ENDED, ActAbout(DRAFTED, INTERPRETATION), ActAbout(DROPPED, INTERPRETATION))
    checks = CHECKS
    searched = SEARCHED
    agenda = MappingProxyType({Measure.AGENDA_POLICIES: OnItem(compose_rulings, ruling_draft)})
    schedule = (Periodic("ruling_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    def count(self, day: date) -> Mapping[str, int]:
        return count_rulings(day)

    def past(self, events: Iterable[PastEvent], today: Mapping[str, int]) -> PolicyPast:
        return policy_past(events, today)

    def record_figures(self, day: date) -> Event | None:
        return record_counts(self.code, day)

    def todos(self, person: Person, day: date) -> Iterable[Todo]:
        return todo.todos_of(person, day)

    def reminders(self, day: date) -> Iterable[Reminder]:
        return todo.reminders_on(day)

    def status_on(self, quarter: Quarter) -> Iterable[StatusPart]:
        return status_part(quarter)


REGISTER = RulingRegister()
