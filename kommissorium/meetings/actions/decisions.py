"""Write decisions: at approval of minutes, and the chair's; note afterwards what one weighed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommissorium.accounts.models import Municipality, Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.actions import freeze, record
from kommissorium.core.evidence.models import Record
from kommissorium.core.refusals import Refused
from kommissorium.core.richtext import is_empty, one_line, plain_text, sanitise
from kommissorium.measures.rows import is_silent
from kommissorium.meetings import minutes as editions
from kommissorium.meetings.actions.agenda import refuse_no_ground
from kommissorium.meetings.actions.automatic_items import fill_next_agenda
from kommissorium.meetings.actions.call import tell_called_meeting
from kommissorium.meetings.actions.committee_lock import lock_committee, next_chair_serial
from kommissorium.meetings.decision_words import decides_nothing, nothing_decided
from kommissorium.meetings.minutes import DecisionNote
from kommissorium.meetings.minutes_builder import weighings_of
from kommissorium.meetings.models import (
    AgendaItem,
    Decision,
    LaterWeighing,
    Meeting,
    Outcome,
    Weighing,
)
from kommissorium.meetings.models.decisions import folded, number_of_chair
from kommissorium.meetings.models.proceedings import APPROVING

CHAIR = "meetings.chair_decision"  # the kind of record
CHAIRS_OUTCOMES = (Outcome.APPROVED, Outcome.WITH_CHANGES, Outcome.REJECTED)
A_WHILE = timedelta(minutes=10)


def write_decisions(meeting: Meeting, approved: Record, *, by: Person) -> list[Decision]:
    """Write the decisions of a meeting whose minutes have just been approved.

    Part of approve_minutes, in its transaction. An item without an outcome gives none.
    """
    items = meeting.items.standing().select_related("clause", "meeting", "proceedings")
    decided = [item for item in items if item.recorded and item.recorded.outcome]
    return Decision.objects.bulk_create(_of_item(item, approved, by) for item in decided)


@transaction.atomic
def decide_as_chair(
    committee: Committee,
    *,
    by: Person,
    title: str,
    text: str,
    why_now: str,
    weighing: dict[str, str],
    is_impartial: bool,
    outcome: str = Outcome.APPROVED,
    chair_absent_because: str = "",
    is_closed: bool = False,
    closed_ground: str = "",
    subject: tuple[str, str, str] = ("", "", ""),
) -> Decision:
    """Decide between meetings by the chair's mandate (R11); the next agenda tells of it.

    The chair decides; in the chair's absence the deputy chair, who says why. `weighing` holds
    the eight fields of Weighing, or nothing: then it counts as not weighed. `subject` is kind,
    key and link of what it is about. Raises Refused without title, text, reason or outcome, for
    half a weighing, and without `is_impartial`: whoever cannot declare that leaves it to
    another, or to the committee.
    """
    capacity = committee.leading_capacity_of(by)
    if not capacity:
        raise PermissionDenied
    refuse_no_ground(is_closed=is_closed, ground=closed_ground)
    _refuse_incomplete(title, text, why_now, weighing, outcome)
    if not is_impartial:
        raise Refused(is_impartial=not_declared())
    is_deputy = capacity == Decision.Capacity.DEPUTY_CHAIR
    if is_deputy and not chair_absent_because.strip():
        raise Refused(chair_absent_because=_("Write why."))
    now = timezone.now()
    year = timezone.localdate(now).year
    kind, key, link = subject
    decision = Decision(
        committee=committee,
        by=by,
        year=year,
        number=number_of_chair(year, next_chair_serial(committee, year)),
        capacity=capacity,
        title=one_line(title),
        outcome=outcome,
        text=sanitise(text),
        why_now=why_now.strip(),
        chair_absent_because=chair_absent_because.strip() if is_deputy else "",
        is_impartial=is_impartial,
        is_closed=is_closed,
        closed_ground=closed_ground.strip() if is_closed else "",
        subject_kind=kind,
        subject_id=key,
        subject_link=link,
        decided_at=now,
        written_at=now,
        **{name: weighing.get(name, "") for name in _weighing_names()},
    )
    _refuse_twice(decision)
    decision.words = words_of(decision)
    decision.record = freeze(
        CHAIR, committee, by=by, content=_content(decision), pdf=_pdf(decision)
    )
    decision.save(force_insert=True)
    told = {"number": decision.number, "capacity": capacity, "is_closed": is_closed}
    record("meetings.chair_decided", decision, by=by, facts=told)
    tell_called_meeting(decision, by=by)
    fill_next_agenda(committee, by=by)
    return decision


def not_declared() -> str:
    """Return the sentence for whoever has not declared that nothing disqualifies them."""
    return _(
        "Declare that you are not disqualified. If you are, another must decide: the deputy chair "
        "or the committee."
    )


def words_of(decision: Decision) -> str:
    """Return what the search looks in: the decision as people read it, without any markup."""
    return folded(f"{decision.number} {decision.title}\n{plain_text(decision.text)}")


def _of_item(item: AgendaItem, approved: Record, by: Person) -> Decision:
    recorded = item.recorded
    meeting = item.meeting
    decision = Decision(
        committee_id=meeting.committee_id,
        item=item,
        meeting=meeting,
        year=meeting.year or 0,
        number=item.label,
        capacity=Decision.Capacity.COMMITTEE,
        title=item.title,
        outcome=recorded.outcome,
        text=recorded.decision,
        is_closed=item.is_closed,
        closed_ground=item.closed_ground,
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        subject_link=item.subject_link,
        decided_at=meeting.starts_at,
        written_at=timezone.now(),
        by=by,
        record=approved,
        **recorded.weighing(),
    )
    decision.words = words_of(decision)
    return decision


def _content(decision: Decision) -> dict[str, Any]:
    """Return the chair's decision as plain data, for the record."""
    names: tuple[str, ...] = ("year", "number", "capacity", "title", "outcome", "text", "why_now")
    names += ("chair_absent_because", "is_impartial", "is_closed", "closed_ground")
    names += ("subject_kind", "subject_id", "subject_link", *_weighing_names())
    return {
        **{name: getattr(decision, name) for name in names},
        "by": decision.by.name,
        "committee": decision.committee.name,
        "decided_at": decision.decided_at.isoformat(),
    }


def _pdf(decision: Decision) -> bytes:
    note = DecisionNote(
        municipality=Municipality.current().name,
        committee=decision.committee.name,
        number=decision.number,
        title=decision.title,
        decided_at=timezone.localtime(decision.decided_at),
        by=decision.by.name,
        capacity=str(decision.get_capacity_display()),
        outcome=str(decision.get_outcome_display()),
        text_html=decision.text,
        weighings=weighings_of(decision),
        why_now=decision.why_now,
        chair_absent_because=decision.chair_absent_because,
        is_impartial=decision.is_impartial,
        is_closed=decision.is_closed,
        closed_ground=decision.closed_ground,
        language=get_language() or "da",
    )
    return editions.decision_pdf(note)


def _refuse_twice(decision: Decision) -> None:
    """Refuse what was sent twice: nobody could take the second one back."""
    since: datetime = decision.decided_at - A_WHILE
    same = Decision.objects.filter(
        committee=decision.committee, by=decision.by, item=None, decided_at__gte=since
    )
    earlier = same.filter(title=decision.title, text=decision.text).first()
    if earlier:
        text = _("You have just taken this decision. It is %(number)s.")
        raise Refused(text % {"number": earlier.number})


def _refuse_incomplete(
    title: str, text: str, why_now: str, weighing: dict[str, str], outcome: str
) -> None:
    errors = {}
    if not title.strip():
        errors["title"] = _("Say in a few words what the decision is about.")
    if is_empty(text):
        errors["text"] = _("Must be filled in.")
    elif outcome in APPROVING and (empty := decides_nothing(text)):
        errors["text"] = nothing_decided(empty)
    if not why_now.strip():
        errors["why_now"] = _("Write why.")
    if outcome not in CHAIRS_OUTCOMES:
        errors["outcome"] = _("Choose one of the options.")
    for aspect in Weighing.ASPECTS if any(weighing.values()) else ():
        choices = Decision.aspect(aspect).flatchoices
        if weighing.get(aspect) not in {value for value, _label in choices}:
            errors[aspect] = _("Choose one of the options.")
    if errors:
        raise Refused(**errors)


def _weighing_names() -> list[str]:
    return [name for aspect in Weighing.ASPECTS for name in (aspect, f"{aspect}_text")]


LONGEST_REASON = 500


@transaction.atomic
def note_weighing(decision: Decision, *, by: Person, weighing: Mapping[str, str]) -> LaterWeighing:
    """Note what was weighed in a decision that does not say it; what it says itself stands.

    Raises Refused for an aspect without its chip, for one that costs, risks or restricts without
    a reason, for one of money or risk without a word, and the second time.
    """
    if not decision.can_be_weighed_by(by):
        raise PermissionDenied
    lock_committee(decision.committee)
    if LaterWeighing.objects.filter(decision=decision).exists():
        raise Refused(_("Somebody else has noted the weighing meanwhile."))
    made = LaterWeighing(decision=decision, by=by, at=timezone.now())
    for name, said in decision.weighing().items():
        given = one_line(weighing.get(name, ""))[:LONGEST_REASON]
        setattr(made, name, said or given)
    _refuse_incomplete_weighing(made)
    made.save(force_insert=True)
    told = {"number": decision.number, "capacity": decision.committee.capacity_of(by)}
    record("meetings.weighing_noted", decision, by=by, facts=told)
    return made


def _refuse_incomplete_weighing(made: LaterWeighing) -> None:
    errors = {}
    for aspect in made.ASPECTS:
        if getattr(made, aspect) not in dict(made.aspect(aspect).flatchoices):
            errors[aspect] = _("Choose one of the options.")
        elif aspect in made.unweighed(made.decision.outcome):
            errors[f"{aspect}_text"] = _("It costs, risks or restricts something. Say why.")
    if not errors and is_silent(made.weighing(), made.decision.subject_kind):
        errors["security_text"] = _("It is about money or risk. Say how it was weighed.")
    if errors:
        raise Refused(**errors)
