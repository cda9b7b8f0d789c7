"""Put an assessment, a risk level or an acceptance on an agenda, for the committee to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.wording import day
from kommissorium.meetings.actions.agenda import add_item, change_item
from kommissorium.meetings.actions.calling import add_late_item
from kommissorium.meetings.actions.numbering import hold
from kommissorium.meetings.facts import to_json
from kommissorium.meetings.models import AgendaItem, Meeting
from kommissorium.risks.actions.acceptance_rules import refuse_beyond
from kommissorium.risks.actions.approving import propose_assessment
from kommissorium.risks.actions.levels import propose_level
from kommissorium.risks.authority import Asked
from kommissorium.risks.models import Acceptance, Assessment, Capacity, RiskLevel
from kommissorium.secretariat.composing import facts_for
from kommissorium.secretariat.risk_drafts import draft_of
from kommissorium.secretariat.risk_proposals import (
    Proposal,
    committee_of,
    is_draft,
    item_about,
    subject_of,
    waits,
)


@transaction.atomic
def put_before(
    proposal: Proposal,
    meeting: Meeting,
    *,
    by: Person,
    recommendation: str,
    presentation: str,
    late_because: str = "",
    along: Iterable[Acceptance] = (),
) -> AgendaItem:
    """Propose a draft, and put it on the agenda of a planned or called meeting for decision.

    `along` are acceptances of its risks that get items of their own behind it. Rich text comes
    sanitised. Raises Refused for what does not wait for a decision, what stands on an agenda
    already or lies before another committee, and as the actions of the rooms do: a late item
    without a reason, an assessment that lacks something.
    """
    if not can_put_before(by):
        raise PermissionDenied
    hold(meeting.committee)
    proposal.refresh_from_db()
    _propose(proposal, meeting.committee, by)
    texts = {"recommendation": recommendation, "presentation": presentation}
    item = _item(proposal, meeting, by, texts, late_because)
    if meeting.state == Meeting.State.PLANNED:
        AgendaItem.objects.filter(pk=item.pk).update(facts=_facts(proposal, meeting))
    for one in along:
        draft = draft_of(one)
        put_before(
            one,
            meeting,
            by=by,
            recommendation=draft.recommendation,
            presentation=draft.presentation,
            late_because=late_because,
        )
    return item


@transaction.atomic
def propose_to(proposal: Proposal, committee: Committee, *, by: Person) -> None:
    """Propose a draft without an agenda: the chair decides on it between meetings.

    Raises Refused as put_before does.
    """
    if not can_put_before(by):
        raise PermissionDenied
    proposal.refresh_from_db()
    _propose(proposal, committee, by)


def can_put_before(person: Person) -> bool:
    """Return whether `person` may put things of the risks before a committee: coordinators."""
    return person.is_coordinator


def _propose(proposal: Proposal, committee: Committee, by: Person) -> None:
    own = committee_of(proposal)
    if own is not None and own.pk != committee.pk:
        raise Refused(meeting=_("It lies before another committee."))
    if is_draft(proposal):
        if isinstance(proposal, Assessment):
            propose_assessment(proposal, committee=committee, by=by)
        elif isinstance(proposal, RiskLevel):
            propose_level(proposal, committee=committee, by=by)
    elif not waits(proposal):
        raise Refused(_("It has been decided on, or has ended meanwhile."))
    if isinstance(proposal, Acceptance):
        _refuse_beyond_committee(proposal)


def _refuse_beyond_committee(acceptance: Acceptance) -> None:
    if acceptance.capacity == Capacity.EXECUTIVE:
        raise Refused(_("It was proposed to the executive board. The committee cannot accept it."))
    rank = max(acceptance.risks.values_list("rank", flat=True))
    asked = Asked(acceptance.amount, acceptance.budget_year, rank)
    try:
        refuse_beyond(Capacity.COMMITTEE, asked, replaced=acceptance.replaces)
    except Refused as refused:
        raise Refused(" ".join(refused.errors.values())) from None


def _item(
    proposal: Proposal,
    meeting: Meeting,
    by: Person,
    texts: Mapping[str, Any],
    late_because: str,
) -> AgendaItem:
    head = {"title": draft_of(proposal).title, "type": AgendaItem.Type.DECISION}
    texts = {**head, **texts}
    there = item_about(proposal)
    if there is not None:
        return _kept(there, meeting, by, texts)
    subject = subject_of(proposal)
    if meeting.state == Meeting.State.CALLED:
        facts = _facts(proposal, meeting)
        texts |= {"late_because": late_because, "facts": facts}
        return add_late_item(meeting, by=by, subject=subject, **texts)
    return add_item(meeting, by=by, subject=subject, **texts)


def _facts(proposal: Proposal, meeting: Meeting) -> dict[str, Any]:
    """Return what the register says of it now: the call asks again."""
    kind, key, _link = subject_of(proposal)
    facts = facts_for(AgendaItem(meeting=meeting, subject_kind=kind, subject_id=key), meeting)
    return to_json(facts) if facts else {}


def _kept(item: AgendaItem, meeting: Meeting, by: Person, texts: Mapping[str, Any]) -> AgendaItem:
    """Return the item that asks already: what was taken back comes to it again."""
    if item.meeting_id != meeting.pk:
        text = _("It stands on the agenda of %(day)s already.")
        raise Refused(meeting=text % {"day": day(item.meeting.starts_at)})
    if meeting.state == Meeting.State.PLANNED:
        names = ("is_closed", "closed_ground", "is_recurring", "edit_version")
        kept = {name: getattr(item, name) for name in names}
        change_item(item, by=by, **{**kept, **texts})
    return item
