"""Put a proposal of a register on an agenda, for the committee to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.chairing import who_chairs
from kommissorium.committees.models import Committee
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.agenda import Subject, add_item, change_item
from kommissorium.meetings.actions.call import add_late_item
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.meetings.actions.drafts import let_draft_go
from kommissorium.meetings.facts import to_json
from kommissorium.meetings.models import AgendaItem, ItemDraft, Meeting
from kommissorium.registers.asking import ask_to_decide
from kommissorium.registers.installed import proposal_kind_of
from kommissorium.registers.proposing import ProposalKind, item_about, subject_of
from kommissorium.secretariat.agenda_facts import facts_for


@transaction.atomic
def put_before(
    proposal: Any,
    meeting: Meeting,
    *,
    by: Person,
    recommendation: str,
    presentation: str,
    late_because: str = "",
    along: Iterable[Any] = (),
) -> AgendaItem:
    """Propose a draft, and put it on the agenda of a planned or called meeting for decision.

    `along` are other proposals that get items of their own behind it. Rich text comes sanitised.
    Raises Refused for what does not wait for a decision, what stands on an agenda already or
    lies before another committee, and as the actions of the rooms do: a late item without a
    reason, a proposal that lacks something.
    """
    if not can_put_before(by):
        raise PermissionDenied
    lock_committee(meeting.committee)
    proposal.refresh_from_db()
    kind = proposal_kind_of(proposal)
    _propose(kind, proposal, meeting.committee, by)
    texts = {"recommendation": recommendation, "presentation": presentation}
    item = _item(kind, proposal, meeting, texts, by=by, late_because=late_because)
    for one in along:
        text = proposal_kind_of(one).text(one)
        put_before(
            one,
            meeting,
            by=by,
            recommendation=text.recommendation,
            presentation=text.presentation,
            late_because=late_because,
        )
    return item


@transaction.atomic
def propose_to(proposal: Any, committee: Committee, *, by: Person) -> None:
    """Propose a draft without an agenda: the chair is asked to decide on it between meetings.

    Raises Refused as put_before does.
    """
    if not can_put_before(by):
        raise PermissionDenied
    proposal.refresh_from_db()
    kind = proposal_kind_of(proposal)
    _propose(kind, proposal, committee, by)
    people = who_chairs(committee, timezone.localdate(), but=by)
    path = reverse("proposal", args=[kind.slug, proposal.pk])
    ask_to_decide(kind, proposal, people, by=by, path=path)


def can_put_before(person: Person) -> bool:
    """Return whether `person` may put proposals before a committee: coordinators."""
    return person.is_coordinator


def _propose(kind: ProposalKind[Any], proposal: Any, committee: Committee, by: Person) -> None:
    own = kind.committee_of(proposal)
    if own is not None and own.pk != committee.pk:
        raise Refused(meeting=_("It lies before another committee."))
    if kind.is_draft(proposal):
        kind.propose(proposal, committee, by=by)
    elif not kind.waits(proposal):
        raise Refused(_("It has been decided on, or has ended meanwhile."))
    kind.refuse_before(proposal)


def _item(
    kind: ProposalKind[Any],
    proposal: Any,
    meeting: Meeting,
    texts: Mapping[str, Any],
    *,
    by: Person,
    late_because: str,
) -> AgendaItem:
    there, own = item_about(kind, proposal), _of_mandate(kind, meeting)
    title, facts = kind.text(proposal).title, _facts(proposal, meeting, there or own)
    texts = {"title": title, "type": AgendaItem.Type.DECISION, "facts": facts, **texts}
    if there is not None:
        return _kept(there, meeting, by, texts)
    subject = subject_of(proposal)
    if own is not None:
        return _placed_under(own, texts, subject, by)
    if meeting.state == Meeting.State.CALLED:
        return add_late_item(meeting, by=by, subject=subject, late_because=late_because, **texts)
    return add_item(meeting, by=by, subject=subject, **texts)


def _of_mandate(kind: ProposalKind[Any], meeting: Meeting) -> AgendaItem | None:
    """Return the mandate's own item under which it stands; None where that is about something
    already, and after the call, which has sent it out."""
    if not kind.under or meeting.state != Meeting.State.PLANNED:
        return None
    free = meeting.items.filter(clause__measure=kind.under, subject_kind="")
    return free.select_related("clause", "meeting__committee").first()


def _placed_under(
    item: AgendaItem, texts: Mapping[str, Any], subject: Subject, by: Person
) -> AgendaItem:
    """Let the mandate's item be about it. What a person wrote there stays below what is new."""
    draft = ItemDraft.objects.filter(item=item).first()
    wrote = item.recommendation if draft is None or draft.is_edited else ""
    below = {"recommendation": wrote, "presentation": item.presentation}
    texts = {**texts, **{name: texts[name] + text for name, text in below.items()}}
    let_draft_go(item)
    change_item(item, by=by, subject=subject, **_kept_fields(item), **texts)
    item.refresh_from_db()
    return item


def _facts(proposal: Any, meeting: Meeting, item: AgendaItem | None) -> dict[str, Any]:
    """Return what the registers say of it now, under which item it is to stand: the call asks
    again."""
    kind, key, _link = subject_of(proposal)
    clause = item.clause if item else None
    asked = AgendaItem(meeting=meeting, clause=clause, subject_kind=kind, subject_id=key)
    facts = facts_for(asked, meeting)
    return to_json(facts) if facts else {}


def _kept(item: AgendaItem, meeting: Meeting, by: Person, texts: Mapping[str, Any]) -> AgendaItem:
    """Return the item that asks already: what was taken back comes to it again."""
    if item.meeting_id != meeting.pk:
        text = _("It stands on the agenda of %(day)s already.")
        raise Refused(meeting=text % {"day": day(item.meeting.starts_at)})
    if meeting.state == Meeting.State.PLANNED:
        change_item(item, by=by, **_kept_fields(item), **texts)
    return item


def _kept_fields(item: AgendaItem) -> dict[str, Any]:
    """Return the fields of an item that a proposal leaves as they are."""
    names = ("is_closed", "closed_ground", "is_recurring", "edit_version")
    return {name: getattr(item, name) for name in names}
