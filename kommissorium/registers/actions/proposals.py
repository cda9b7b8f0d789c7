"""Move a proposal on its way, and write what follows from its decision: tasks, and duties done.

Each is part of a register's own action, which says who may, freezes and records.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import reference
from kommissorium.core.mail.actions import withdraw_waiting
from kommissorium.core.refusals import Refused
from kommissorium.meetings.actions.committee_lock import lock_committee
from kommissorium.meetings.models import Decision
from kommissorium.meetings.models.proceedings import APPROVING
from kommissorium.registers.documents.record import changed_by
from kommissorium.registers.models.proposals import Proposal, ProposalState
from kommissorium.tasks.actions import give_task
from kommissorium.tasks.models import TITLE_LENGTH, Task
from kommissorium.yearwheel.actions.acts import is_its_time
from kommissorium.yearwheel.actions.evidence import GivenEvidence
from kommissorium.yearwheel.actions.occurrences import conclude
from kommissorium.yearwheel.models import Occurrence

ASKED: Final = "registers.decision_asked"  # the kind of mail


def ask_no_more(proposal: Any) -> None:
    """Take back the mails about it that have not left: it waits for nobody any more."""
    if proposal.proposed_at:
        withdraw_waiting(kind=ASKED, keys=[asked_key(proposal)])


def asked_key(proposal: Any) -> str:
    """Return what it is, and when it was put forward: proposed anew it is another matter."""
    kind, key = reference(proposal)
    return f"{kind}-{key}:{proposal.proposed_at.timestamp()}"


YEARS_AHEAD: Final = 5


def clean_year(year: int) -> int:
    """Return the year something is proposed for. Raises Refused for one gone by or far off."""
    this_year = timezone.localdate().year
    if not this_year <= year <= this_year + YEARS_AHEAD:
        sentence = _("Choose a year from %(first)d to %(last)d.")
        years = {"first": this_year, "last": this_year + YEARS_AHEAD}
        raise Refused(year=sentence % years)
    return year


def hold_draft(proposal: Proposal) -> None:
    """Make sure that it is a draft, and that nobody else moves it while its parts change."""
    rows = type(proposal)._default_manager.filter(pk=proposal.pk)  # noqa: SLF001
    if not rows.filter(state=ProposalState.DRAFT).update(state=ProposalState.DRAFT):
        refuse_unless(rows.get(), ProposalState.DRAFT)


def propose(proposal: Proposal, committee: Committee, *, by: Person) -> None:
    """Put a draft before the committee. Raises Refused for what is no draft."""
    lock_committee(committee)
    changes = {"committee": committee, "proposed_by": by, "proposed_at": timezone.now()}
    move(proposal, ProposalState.DRAFT, ProposalState.PROPOSED, **changes)


def make_draft_again(proposal: Proposal, decision: Decision | None) -> dict[str, Any]:
    """Make a draft of what was proposed; return the facts of the event.

    `decision` is the committee's that did not approve it. Raises Refused for what is not
    proposed, and PermissionDenied for a decision about something else.
    """
    if decision is not None:
        refuse_other_decision(proposal, decision)
    if proposal.committee is not None:
        lock_committee(proposal.committee)
    none = {"committee": None, "proposed_by": None, "proposed_at": None}
    move(proposal, ProposalState.PROPOSED, ProposalState.DRAFT, **none)
    return {"decision": decision.number} if decision else {}


def hold_for_approval(proposal: Proposal, decision: Decision) -> None:
    """Make sure that the decision approves this proposal, and that nobody else moves it.

    Raises PermissionDenied for a decision about something else, and Refused for one that does
    not approve and for what is not proposed.
    """
    refuse_other_decision(proposal, decision)
    hold_proposed(proposal, decision)


def hold_proposed(proposal: Proposal, decision: Decision) -> None:
    """Make sure that the decision approves, and that nobody else moves the proposal.

    Raises Refused for a decision that does not approve and for what is not proposed.
    """
    if decision.outcome not in APPROVING:
        raise Refused(_("The decision does not approve it."))
    lock_committee(decision.committee)
    proposal.refresh_from_db()
    refuse_unless(proposal, ProposalState.PROPOSED)


def make_room(same: QuerySet[Any], begins: date) -> date | None:
    """End the one of these proposals that holds on the day on which another begins.

    Returns the day on which one approved already takes over from it, None for no such.
    """
    approved = same.filter(state=ProposalState.APPROVED)
    standing = Q(in_force_to=None) | Q(in_force_to__gt=begins)
    approved.filter(standing, in_force_from__lte=begins).update(in_force_to=begins)
    later = approved.filter(in_force_from__gt=begins).order_by("in_force_from").first()
    return later.in_force_from if later else None


def move(proposal: Proposal, before: ProposalState, after: ProposalState, **changes: Any) -> None:
    """Change its state and what goes with it. Raises Refused where it is in another one."""
    rows = type(proposal)._default_manager.filter(pk=proposal.pk, state=before)  # noqa: SLF001
    if not rows.update(state=after, edit_version=F("edit_version") + 1, **changes):
        proposal.refresh_from_db()
        refuse_unless(proposal, before)
    if before == ProposalState.PROPOSED:
        ask_no_more(proposal)
    proposal.refresh_from_db()


def refuse_unless(proposal: Proposal, state: ProposalState) -> None:
    """Refuse what is in another state, and say what can be done instead."""
    if proposal.state == state:
        return
    match proposal.state:
        case ProposalState.APPROVED:
            text = _("It is approved and can no longer be changed. Draft a new one.")
        case ProposalState.DROPPED:
            text = _("It was given up. Draft a new one.")
        case ProposalState.PROPOSED if proposal.committee_id is None:
            text = _("It waits for its approval. Make it a draft again first.")
        case ProposalState.PROPOSED:
            text = _("It lies before the committee. Take it back first.")
        case _other:
            text = _("It has not been put before the committee.")
    raise Refused(text)


def refuse_other_decision(proposal: Any, decision: Decision) -> None:
    """Raise PermissionDenied for a decision about something else, or of another committee."""
    about = decision.subject_kind, decision.subject_id
    if about != reference(proposal) or decision.committee_id != proposal.committee_id:
        raise PermissionDenied


WITHIN: Final = timedelta(days=14)


def give_change(decision: Decision, title: str, *, owner: Person | None, by: Person) -> None:
    """Give who put it forward the task to write the change in: `title` is what was approved.

    Part of what the decision brings about: its caller has checked who may.
    """
    said = _("Write in what was changed: %(title)s") % {"title": title}
    give_task(
        of_room=True,
        by=by,
        title=said if len(said) <= TITLE_LENGTH else f"{said[: TITLE_LENGTH - 2]} …",
        description=changed_by(decision),
        owner=_writer(owner) or by,
        due=timezone.localdate() + WITHIN,
        committee=decision.committee,
        born=decision,
        born_link=decision.get_absolute_url(),
        is_closed=decision.is_closed,
    )


def waits_in_words(decision: Decision) -> str:
    """Return that what it changed waits as a task; "" where it changed nothing or is written in."""
    if not changed_by(decision):
        return ""
    given = Task.objects.born_at(*_born(decision)).filter(given_by=None)
    is_open = given.open().exists()
    return _("What was changed waits as a task until it is written in.") if is_open else ""


def _born(decision: Decision) -> tuple[str, list[str]]:
    kind, key = reference(decision)
    return kind, [key]


def _writer(owner: Person | None) -> Person | None:
    """Return who put it forward; who coordinates where they have left."""
    if owner is not None and owner.is_active:
        return owner
    coordinator = OrganisationRole.Kind.COORDINATOR
    found: Person | None = Person.objects.with_role(coordinator, timezone.localdate()).first()
    return found


def due_of(duty: str, decision: Decision, on: date | None = None) -> Occurrence | None:
    """Return the open time of a duty of the committee that decided which the act finishes, if any.

    `duty` is the key of the proposal it was adopted from, and `on` the day of the act: the
    decision's where none is said. Early, on time or late: yearwheel/actions/acts.py says which.
    """
    open_ones = Occurrence.objects.open().filter(
        duty__committee=decision.committee_id, duty__default_key=duty, source=None
    )
    waiting = open_ones.select_related("duty").order_by("due", "pk").first()
    on = on or timezone.localdate(decision.decided_at)
    return waiting if waiting is not None and is_its_time(waiting, on) else None


@transaction.atomic
def finish_by_decision(
    waiting: Occurrence,
    decision: Decision,
    shown: Any,
    label: str,
    *,
    by: Person,
    said: str = "",
    at: datetime | None = None,
) -> None:
    """Finish it; the evidence is the thing decided on, under its label, and the
    decision. `said` is the conclusion, where it is another than the decision's number, and `at`
    when it was done, where that was another moment than the decision's."""
    number = _("Decision %(number)s") % {"number": decision.number}
    conclude(
        waiting,
        by=by,
        result=Occurrence.Result.DONE,
        conclusion=said or number,
        evidence=[_evidence(shown, label), _evidence(decision, number)],
        at=at or decision.decided_at,
        is_act=True,
    )


def _evidence(row: Any, label: str) -> GivenEvidence:
    kind, key = reference(row)
    url = row.get_absolute_url()
    return GivenEvidence("row", label=label, url=url, object_kind=kind, object_id=key)
