"""Open and close a meeting: from called to held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused
from kommissorium.core.ui.localised import moment
from kommissorium.meetings.actions.committee_lock import lock_for_meeting
from kommissorium.meetings.decision_words import decides_nothing
from kommissorium.meetings.models import AgendaItem, Attendance, Meeting, Outcome
from kommissorium.meetings.models.proceedings import APPROVING

DECIDING = (Outcome.APPROVED, Outcome.WITH_CHANGES, Outcome.REJECTED)


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: Person) -> None:
    """Note that the meeting has begun, now. Twice does nothing more."""
    if not meeting.is_held_by(by):
        raise PermissionDenied
    if meeting.opened_at:
        return
    lock_for_meeting(meeting, Meeting.State.CALLED)
    Meeting.objects.filter(pk=meeting.pk, opened_at=None).update(opened_at=timezone.now())
    meeting.refresh_from_db()
    told = {"capacity": meeting.committee.capacity_of(by)}
    record("meetings.meeting_opened", meeting, by=by, facts=told)


@transaction.atomic
def end_meeting(meeting: Meeting, *, by: Person) -> None:
    """Close the meeting. What was recorded can still be put right until the minutes are approved.

    Raises Refused, with every reason, before its time, when nobody is noted as present or
    nobody led it, when an item for decision has no outcome, when advice has no answer, and
    without the quorum the mandate lays down.
    """
    if not meeting.is_held_by(by):
        raise PermissionDenied
    lock_for_meeting(meeting, Meeting.State.CALLED)
    if reasons := reasons_against_ending(meeting):
        raise Refused(" ".join(reasons))
    leader = leader_of(meeting)
    now = timezone.now()
    called = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.CALLED)
    values = {
        "state": Meeting.State.HELD,
        "opened_at": meeting.opened_at or meeting.starts_at,
        "closed_at": max(now, meeting.starts_at),
        "led_by": leader.person if leader else None,
    }
    if not called.update(**values, edit_version=meeting.edit_version + 1):
        raise Refused(_("Somebody else has closed the meeting meanwhile."))
    meeting.refresh_from_db()
    told = {
        "number": meeting.label,
        "person": str(leader.person.pseudonym) if leader else "",
        "led_as": _led_as(leader),
        "capacity": meeting.committee.capacity_of(by),
    }
    record("meetings.meeting_held", meeting, by=by, facts=told)


def leader_of(meeting: Meeting) -> Attendance | None:
    """Return who leads: the chair when present, else the deputy chair, else the chair's deputy."""
    return leader_among(meeting.attendances.present().select_related("person", "seat"))


def leader_among(people: Iterable[Attendance]) -> Attendance | None:
    """Return who of the people of a meeting, fetched with their seats, leads it."""
    rank: dict[tuple[str, str], int] = {
        (Clause.Role.CHAIR, Attendance.Capacity.HOLDER): 0,
        (Clause.Role.DEPUTY_CHAIR, Attendance.Capacity.HOLDER): 1,
        (Clause.Role.CHAIR, Attendance.Capacity.DEPUTY): 2,
        (Clause.Role.DEPUTY_CHAIR, Attendance.Capacity.DEPUTY): 3,
    }
    order = {
        one: rank[one.seat.role, one.capacity]
        for one in people
        if one.is_present and one.seat and (one.seat.role, one.capacity) in rank
    }
    return min(order, key=lambda one: order[one], default=None)


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing, as a sentence, and the items it is about."""

    text: str
    items: tuple[AgendaItem, ...] = ()


def reasons_against_ending(meeting: Meeting) -> list[str]:
    """Return why the meeting cannot be closed yet, as sentences; [] when it can."""
    return [lack.text for lack in lacks_before_ending(meeting)]


def reasons_against_decisions(meeting: Meeting) -> list[str]:
    """Return why what was decided is not complete, as sentences; [] when it is."""
    return [lack.text for lack in _lacks_of_decisions(meeting)]


def lacks_before_ending(meeting: Meeting) -> list[Lack]:
    """Return what must be there before the meeting can be closed, and is not."""
    lacks = []
    if meeting.starts_at > timezone.now():
        text = _(
            "The meeting can be closed when it is planned to begin: %(moment)s. Move it if it is "
            "held earlier."
        )
        lacks.append(Lack(text % {"moment": moment(meeting.starts_at)}))
    if not meeting.attendances.present().exists():
        lacks.append(Lack(_("Nobody is noted as present.")))
    elif leader_of(meeting) is None:
        text = _("Neither the chair nor a deputy is noted as present, so nobody led the meeting.")
        lacks.append(Lack(text))
    return lacks + _lacks_of_decisions(meeting)


def _lacks_of_decisions(meeting: Meeting) -> list[Lack]:
    items = list(
        meeting.items.standing()
        .with_minutes()
        .select_related("clause", "meeting", "proceedings")
        .prefetch_related("advice")
    )
    lacks = []
    undecided = tuple(item for item in items if lacks_outcome(item))
    if undecided:
        text = ngettext(
            "%(number)d item lacks a decision: %(items)s.",
            "%(number)d items lack a decision: %(items)s.",
            len(undecided),
        )
        values = {"number": len(undecided), "items": _labels(undecided)}
        lacks.append(Lack(text % values, undecided))
    if unanswered := tuple(item for item in items if lacks_answer_to_advice(item)):
        text = _("Say whether the advice was followed, and why if it was not: %(items)s.")
        lacks.append(Lack(text % {"items": _labels(unanswered)}, unanswered))
    if unworded := tuple(item for item in items if lacks_changes(item)):
        text = _("Write the changes to the minutes in the decision: %(item)s.")
        lacks.append(Lack(text % {"item": _labels(unworded)}, unworded))
    if empty := tuple(item for item in items if lacks_what_holds(item)):
        text = _(
            "Write what holds from now on: that something is decided on is no decision: %(items)s."
        )
        lacks.append(Lack(text % {"items": _labels(empty)}, empty))
    return lacks + _lacks_of_quorum(meeting, items)


def lacks_outcome(item: AgendaItem) -> bool:
    """Return whether an item for decision has no answer, were it that nothing was new.

    The item "minutes" asks for nothing when there are none to confirm, and where minutes or a
    proposal wait something is new. `item` is fetched with_minutes().
    """
    if item.confirms_minutes:
        return item.has_minutes and not _has_answer(item)
    if item.type != AgendaItem.Type.DECISION or not item.takes_decisions:
        return False
    return not _has_answer(item)


def lacks_answer(item: AgendaItem) -> bool:
    """Return whether nothing says what came of the item: outcome, nothing new, not discussed.

    Under any other business, where nothing is decided, what was said is what came of it.
    `item` is fetched with_minutes().
    """
    is_told = not item.takes_decisions and item.recorded and item.recorded.discussion
    return not (is_told or _has_answer(item))


def _has_answer(item: AgendaItem) -> bool:
    recorded = item.recorded
    if recorded is None or not recorded.has_answer:
        return False
    return item.can_have_nothing_new or not recorded.nothing_new


def lacks_answer_to_advice(item: AgendaItem) -> bool:
    """Return whether something was decided on advice without saying what became of it."""
    recorded = item.recorded
    if recorded is None or recorded.outcome not in DECIDING:
        return False
    return any(
        advice.followed is None or (advice.followed is False and not advice.because.strip())
        for advice in item.advice.all()
    )


def lacks_changes(item: AgendaItem) -> bool:
    """Return whether minutes were confirmed with changes that nobody wrote down."""
    recorded = item.recorded
    if recorded is None or not item.confirms_minutes:
        return False
    return recorded.outcome == Outcome.WITH_CHANGES and not recorded.decision


def lacks_what_holds(item: AgendaItem) -> bool:
    """Return whether something was approved in words that say only that it is to be decided."""
    recorded = item.recorded
    is_approved = recorded is not None and recorded.outcome in APPROVING
    return is_approved and bool(recorded and decides_nothing(recorded.decision))


def _lacks_of_quorum(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Lack]:
    quorum = meeting.committee.quorum
    if not quorum:
        return []
    voting = meeting.attendances.voting().present()
    there = voting.count()
    away = dict.fromkeys((item.pk for item in items), 0)
    for absence in voting.filter(absences__item__in=items).values_list("absences__item"):
        away[absence[0]] += 1
    short = tuple(
        item
        for item in items
        if item.recorded and item.recorded.outcome in DECIDING and there - away[item.pk] < quorum
    )
    if not short:
        return []
    text = _("The quorum of %(quorum)d was not met, so nothing can be decided: %(items)s.")
    return [Lack(text % {"quorum": quorum, "items": _labels(short)}, short)]


def _labels(items: Sequence[AgendaItem]) -> str:
    return ", ".join(item.label for item in items)


def _led_as(leader: Attendance | None) -> str:
    if leader is None or leader.seat is None:
        return ""
    role = str(leader.seat.role)
    return role if leader.capacity == Attendance.Capacity.HOLDER else f"deputy:{role}"
