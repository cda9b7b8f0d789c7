"""The register of policies, as the rest of the program knows it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import reads_whole_register
from kommissorium.committees.models import Committee
from kommissorium.core.schedule.actions import Periodic
from kommissorium.measures.codes import Measure
from kommissorium.policies import todo
from kommissorium.policies.agenda import compose_policies, policy_draft
from kommissorium.policies.models import Document
from kommissorium.policies.opening import PolicyOpening
from kommissorium.policies.policy_list import PolicyList
from kommissorium.policies.proposal import KIND
from kommissorium.policies.quarterly_status import status_parts
from kommissorium.policies.search import SEARCHED
from kommissorium.policies.shown import shown_by_policies
from kommissorium.policies.signals import SIGNALS
from kommissorium.registers.actions.kept import keep_due_figures, record_counts
from kommissorium.registers.agenda import OnItem
from kommissorium.registers.links import TOLD_ELSEWHERE
from kommissorium.registers.menu import Deed, MenuLine
from kommissorium.registers.numbers import Counts
from kommissorium.registers.protocol import Register
from kommissorium.registers.standard_proposals import FiledProposals


def home_of(person: Person) -> str:
    """Return the list for readers of the committees' registers, the handbook for others."""
    is_work = reads_whole_register(person) and Committee.are_work_of(person)
    return "policies" if is_work else "handbook"


class PolicyRegister(Register):
    """Policies: what is laid down, at which level, and the version in force."""

    code = "policies"
    label = _("Policies")
    menu = MenuLine("policies", ("/handbook/",), for_everybody=True, leads=home_of)
    place = 15
    deeds = (
        Deed(
            _("New document"),
            _("add create write policy guideline procedure rule"),
            "policy_new",
            Document.can_be_changed_by,
        ),
    )
    signals = (SIGNALS,)
    counts = Counts(
        SIGNALS.count,
        ("policies", "registers", "accounts", "assets", "committees"),
        record=partial(record_counts, code),
    )
    subjects = (KIND,)
    opening = PolicyOpening
    lists = (PolicyList,)
    filings = (FiledProposals(KIND, _("Policies")),)
    searched = SEARCHED
    agenda = MappingProxyType({Measure.AGENDA_POLICIES: OnItem(compose_policies, policy_draft)})
    schedule = (Periodic("policy_figures", partial(keep_due_figures, code), timedelta(hours=1)),)

    todos = staticmethod(todo.todos_of)
    reminders = staticmethod(todo.reminders_on)
    status_on = staticmethod(status_parts)
    shows = staticmethod(shown_by_policies)


REGISTER = PolicyRegister()
TOLD_ELSEWHERE.offer(PolicyRegister.code, ("policies.document",))
