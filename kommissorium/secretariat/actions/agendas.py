"""What comes on an agenda: drafts of its texts, proposals of registers, and what returns by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Person
from kommissorium.committees.leaders import who_chairs
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import sanitise
from kommissorium.core.ui.localised import day
from kommissorium.meetings.actions.agenda import Subject, add_item, bring_item, change_item
from kommissorium.meetings.actions.automatic_items import fill_agenda
from kommissorium.meetings.actions.call import add_late_item
from kommissorium.meetings.actions.committee_lock import lock_committee, lock_for_meeting
from kommissorium.meetings.actions.drafts import keep_drafts, let_draft_go
from kommissorium.meetings.actions.row_choices import renew_recommendation
from kommissorium.meetings.facts import to_json
from kommissorium.meetings.models import AgendaItem, ItemDraft, Meeting
from kommissorium.registers.agenda import AgendaContext, Returning
from kommissorium.registers.installed import proposal_kind_of, subject_kinds
from kommissorium.registers.mails import ask_to_decide
from kommissorium.registers.proposing import ProposalKind, item_about, subject_of
from kommissorium.secretariat.agenda_drafts import drafts_of
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
    people = who_chairs(committee, timezone.localdate(), but=[by])
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


@transaction.atomic
def bring_back_next(committee: Committee, *, by: Person) -> None:
    """Bring back to the next planned meeting what returns; nothing where none is planned."""
    coming = committee.meetings.coming().filter(state=Meeting.State.PLANNED)
    meeting = coming.select_related("committee").first()
    if meeting is not None:
        bring_back(meeting, by=by)


@transaction.atomic
def bring_back(meeting: Meeting, *, by: Person) -> None:
    """Put on a planned agenda what comes back to it by itself, from all registers.

    Once for each meeting: twice does nothing more. Part of the act that fills the agenda, whose
    caller has checked who may.
    """
    there = set(meeting.items.values_list("subject_kind", flat=True))
    context = AgendaContext(meeting)
    brought = [
        _brought(kind, meeting, by).pk
        for kind in subject_kinds().values()
        if isinstance(kind, Returning) and kind.kind not in there and kind.is_due(context)
    ]
    if brought:
        record("secretariat.items_returned", meeting, by=by, facts={"items": brought})


def _brought(kind: Returning, meeting: Meeting, by: Person) -> AgendaItem:
    item = kind.item()
    text = item.recommendation
    made = bring_item(
        meeting,
        title=item.title,
        type=AgendaItem.Type.DECISION,
        recommendation=sanitise(f"<p>{escape(text)}</p>") if text else "",
        subject=(kind.kind, "", item.link),
    )
    renew_recommendation(made, by=by)
    return made


@transaction.atomic
def compose_agenda(meeting: Meeting, *, by: Person) -> list[AgendaItem]:
    """Put on the committee's next agenda what comes to it by itself, and draft what its items say.

    A later agenda is drafted as it is: what must come again comes to the next meeting. Return the items that say something else now. What a person edited stays; the new draft lies
    beside it. Raises Refused when the meeting has been called meanwhile.
    """
    if not meeting.can_be_prepared_by(by):
        raise PermissionDenied
    lock_for_meeting(meeting, Meeting.State.PLANNED)
    if _comes_next(meeting):
        fill_agenda(meeting, by=by)
        bring_back(meeting, by=by)
    for item in meeting.items.standing().exclude(subject_kind="").select_related("meeting"):
        renew_recommendation(item, by=by)
    return keep_drafts(meeting, drafts_of(meeting), by=by)


def _comes_next(meeting: Meeting) -> bool:
    coming = meeting.committee.meetings.coming().filter(state=Meeting.State.PLANNED)
    return not coming.filter(starts_at__lt=meeting.starts_at).exists()
