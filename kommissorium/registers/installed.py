"""What is installed: the registers, and lists of what they declare.

It stands on top of the kit: pages, agendas and mails ask it, and nothing it lists imports it.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from kommissorium.meetings.models import AgendaItem
from kommissorium.registers.activities import ActivityKind, YearPlanProposal
from kommissorium.registers.agenda import BESIDE, SubjectKind
from kommissorium.registers.choosing import ReturningRows
from kommissorium.registers.config import RegisterConfig
from kommissorium.registers.links import Link
from kommissorium.registers.lists.list_page import ListPage
from kommissorium.registers.proposing import ProposalKind
from kommissorium.registers.protocol import Register


def registers() -> tuple[Register, ...]:
    """Return the registers that are installed, in their order."""
    found = [
        config.register for config in apps.get_app_configs() if isinstance(config, RegisterConfig)
    ]
    return tuple(sorted(found, key=lambda register: register.place))


def subject_kinds() -> dict[str, SubjectKind]:
    """Return what agenda items can be about, in the order in which decisions take effect."""
    found = [kind for register in registers() for kind in register.subjects]
    return {kind.kind: kind for kind in (*found, *BESIDE)}


def proposal_kinds() -> dict[str, ProposalKind[Any]]:
    """Return what can be put before a committee, by the name in its address."""
    kinds = subject_kinds().values()
    return {kind.slug: kind for kind in kinds if isinstance(kind, ProposalKind)}


def proposal_kind_of(proposal: models.Model) -> ProposalKind[Any]:
    """Return the kind of what can be put before a committee."""
    return next(kind for kind in proposal_kinds().values() if isinstance(proposal, kind.model))


def activity_kinds() -> dict[str, ActivityKind[Any]]:
    """Return the kinds of activities that are planned for a year, by the name in their addresses."""
    plans = (kind for kind in subject_kinds().values() if isinstance(kind, YearPlanProposal))
    return {plan.activities.slug: plan.activities for plan in plans}


def chooser_for(item: AgendaItem) -> ReturningRows | None:
    """Return what offers rows to choose for under an item; None where nothing does."""
    kind = subject_kinds().get(item.subject_kind)
    return kind if isinstance(kind, ReturningRows) else None


def name_of_subject(kind: str) -> str:
    """Return what a kind of subject is called among decisions; "" for the name of its model."""
    found = subject_kinds().get(kind)
    return str(found.known_as) if found else ""


def register_with(kind: SubjectKind) -> Register:
    """Return the register that a kind of subject belongs to."""
    return next(register for register in registers() if kind in register.subjects)


def register_of(code: str) -> Register:
    """Return the register of that code. Raises LookupError for one that is not installed."""
    for register in registers():
        if register.code == code:
            return register
    raise LookupError(code)


def list_of(code: str) -> type[ListPage[Any]]:
    """Return the list of that code. Raises LookupError where no register has one."""
    for register in registers():
        for one in register.lists:
            if one.code == code:
                return one
    raise LookupError(code)


def in_order[A](link: Link[A]) -> list[A]:
    """Return the answers of all registers that offer one, in the order of the registers."""
    return [link.ask_of(one.code) for one in registers() if one.code in link.offers]
