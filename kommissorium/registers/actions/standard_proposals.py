"""The way of a standard proposal: put forward, taken back, given up, in force.

Its events are the kit's own, with the facts by which its kind calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.actions.rows import change_row
from kommissorium.core.cleaning import clean_fields
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.refusals import Refused
from kommissorium.meetings.models import Decision
from kommissorium.registers.actions.proposals import (
    clean_year,
    hold_draft,
    hold_proposed,
    make_draft_again,
    make_room,
    move,
    propose,
    refuse_other_decision,
)
from kommissorium.registers.models.proposals import Proposal, ProposalState


class Kind(Protocol):
    """What the way of a proposal asks of its kind (StandardProposal): words, and what is frozen."""

    @property
    def record_kind(self) -> str: ...

    def told(self, proposal: Any, /) -> dict[str, Any]: ...

    def cleaned(self, proposal: Any, values: dict[str, Any], /) -> Mapping[str, Any]: ...

    def lacks(self, proposal: Any, /) -> list[str]: ...

    def begins(self, proposal: Any, /) -> date | None: ...

    def same_as(self, proposal: Any, /) -> QuerySet[Any]: ...

    def content(
        self, proposal: Any, /, *, decision: str, in_force_from: date | None
    ) -> dict[str, Any]: ...

    def editions(self, content: Mapping[str, Any], /) -> Mapping[str, Mapping[str, Any]]: ...

    def pdf(self, content: Mapping[str, Any], /, *, made_at: datetime) -> bytes: ...


def record_draft(kind: Kind, proposal: Proposal, *, by: Person) -> None:
    """Record that a draft was begun, in the transaction that makes it."""
    record("registers.proposal_drafted", proposal, by=by, facts=kind.told(proposal))


@transaction.atomic
def change_draft(
    kind: Kind, proposal: Proposal, values: Mapping[str, Any], *, by: Person, edit_version: int
) -> None:
    """Change what stands in a draft's own fields. Raises Refused for what is no draft; Conflict."""
    _refuse_others(proposal, by)
    hold_draft(proposal)
    changes = kind.cleaned(proposal, clean_fields(type(proposal), values))
    if "year" in changes:
        clean_year(changes["year"])
    change_row(
        proposal,
        changes,
        edit_version=edit_version,
        act="registers.proposal_changed",
        by=by,
        facts=kind.told,
    )


@transaction.atomic
def put_forward(kind: Kind, proposal: Proposal, committee: Committee, *, by: Person) -> None:
    """Put a draft forward; it cannot be changed meanwhile. Raises Refused while something lacks."""
    _refuse_others(proposal, by)
    forward(kind, proposal, committee, by=by)


def forward(kind: Kind, proposal: Proposal, committee: Committee, *, by: Person) -> None:
    """Put a draft forward in an act that has asked who may. Raises Refused as put_forward does."""
    propose(proposal, committee, by=by)
    if missing := kind.lacks(proposal):
        raise Refused(" ".join(missing))
    record("registers.proposal_put_forward", proposal, by=by, facts=kind.told(proposal))


@transaction.atomic
def take_back(
    kind: Kind, proposal: Proposal, *, by: Person, decision: Decision | None = None
) -> None:
    """Make a draft again of what was proposed: taken back, or not approved by the decision.

    Without a decision only those may who draft it. Raises Refused for what is not proposed.
    """
    if decision is None:
        _refuse_others(proposal, by)
    facts = kind.told(proposal) | make_draft_again(proposal, decision)
    record("registers.proposal_reopened", proposal, by=by, facts=facts)


@transaction.atomic
def give_up(kind: Kind, proposal: Proposal, *, by: Person) -> None:
    """Give a draft up; who drafts can still read it. Raises Refused for what is no draft."""
    if not proposal.can_be_given_up_by(by):
        raise PermissionDenied
    move(proposal, ProposalState.DRAFT, ProposalState.DROPPED)
    record("registers.proposal_dropped", proposal, by=by, facts=kind.told(proposal))


@transaction.atomic
def put_in_force(kind: Kind, proposal: Proposal, decision: Decision, *, by: Person) -> None:
    """Put what was proposed in force as decided, frozen, in the place of the former one.

    Where more than the decision is needed it is approved, and nothing of the former one ends.

    Raises PermissionDenied for a decision about something else, and Refused for one that does
    not approve and for what is not proposed.
    """
    refuse_other_decision(proposal, decision)
    hold_as_decided(kind, proposal, decision, by=by)


def hold_as_decided(kind: Kind, proposal: Proposal, decision: Decision, *, by: Person) -> None:
    """Put in force what a decision says holds: part of an act that has looked into that."""
    hold_proposed(proposal, decision)
    begins = kind.begins(proposal)
    ends = make_room(kind.same_as(proposal), begins) if begins else None
    content = kind.content(proposal, decision=decision.number, in_force_from=begins)
    editions = {
        name: freeze(
            kind.record_kind,
            proposal,
            by=by,
            content=one,
            pdf=kind.pdf(one, made_at=timezone.localtime()),
        )
        for name, one in kind.editions(content).items()
    }
    changes = {"decision": decision, "in_force_from": begins, "in_force_to": ends}
    move(proposal, ProposalState.PROPOSED, ProposalState.APPROVED, **changes, **editions)
    who = {"committee": decision.committee_id, "committee_name": decision.committee.name}
    decided = timezone.localdate(decision.decided_at)
    facts = kind.told(proposal) | who | {"from": begins, "decided": decided}
    facts["decision"] = decision.number
    record("registers.proposal_approved", proposal, by=by, facts=facts)


def _refuse_others(proposal: Proposal, by: Person) -> None:
    if not proposal.can_be_drafted_by(by):
        raise PermissionDenied
