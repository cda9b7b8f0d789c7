"""Actions on seats and their holders, with dates; nothing is overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kommissorium.accounts.actions import (
    end_of,
    end_open_sessions,
    moment_of,
    note_confirmed,
    tell,
)
from kommissorium.accounts.models import Municipality, Person, ends_after_it_starts
from kommissorium.committees.models import Committee, Holding, Seat
from kommissorium.core.actions.rows import refuse_gone
from kommissorium.core.backdating import reason_for
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused

ONLY_ONE = {Seat.Role.CHAIR, Seat.Role.DEPUTY_CHAIR, Seat.Role.SECRETARY}


@transaction.atomic
def add_seat(
    committee: Committee,
    *,
    by: Person,
    role: str,
    function: str,
    from_date: date,
    number: str = "",
) -> Seat:
    """Add a seat. Raises Refused for a second chair, deputy chair or secretary."""
    begin(committee, by)
    _refuse_second(committee, role, from_date)
    last = committee.seats.aggregate(last=Max("position"))["last"] or 0
    seat = Seat.objects.create(
        committee=committee,
        number=number,
        position=last + 1,
        role=role,
        function=function,
        from_date=from_date,
    )
    facts = {"seat": seat.pk, "role": role, "function": function, "from": from_date}
    record("committees.seat_added", committee, by=by, facts=facts)
    return seat


@transaction.atomic
def rename_seat(seat: Seat, *, by: Person, function: str) -> None:
    """Correct the function named for a seat."""
    begin(seat.committee, by)
    Seat.objects.filter(pk=seat.pk).update(function=function)
    facts = {"seat": seat.pk, "role": seat.role, "function": function}
    record("committees.seat_renamed", seat.committee, by=by, facts=facts)


@transaction.atomic
def end_seat(
    seat: Seat, *, by: Person, to_date: date, because: str = "", at_once: bool = False
) -> None:
    """End a seat on a date, and with it the term of its holder.

    `because` says why with a date before today; `at_once` ends the term this moment, whatever the
    date, and the seat today. Raises Refused for a date before the seat began,
    after it ended already, before somebody who is named already takes it, and for one that is
    over without a reason.
    """
    begin(seat.committee, by)
    to_date = timezone.localdate() if at_once else to_date
    if to_date < seat.from_date:
        raise Refused(to_date=_("The last day lies before the first."))
    if seat.to_date and seat.to_date < to_date:
        raise Refused(to_date=_("The seat has ended already. Add a new seat instead."))
    ends = end_of(to_date, because, at_once=at_once)
    open_ones = seat.holdings.filter(Q(to_date=None) | Q(to_date__gt=ends["to_date"]))
    if open_ones.filter(from_date__gt=to_date).exists():
        raise Refused(to_date=_("Somebody takes the seat after that date. Choose a later one."))
    held = [one.person for one in open_ones.select_related("person")] if at_once else []
    open_ones.update(**ends)
    Seat.objects.filter(pk=seat.pk).update(to_date=to_date, to_because=ends["to_because"])
    for one in held:
        end_open_sessions(one)
    facts = {"seat": seat.pk, "role": seat.role, "function": seat.function, "to": to_date}
    facts |= {"because": ends["to_because"], **moment_of(ends)}
    record("committees.seat_ended", seat.committee, by=by, facts=facts)


@transaction.atomic
def take_seat(
    seat: Seat,
    *,
    by: Person | None,
    person: Person,
    from_date: date,
    capacity: str = "holder",
    because: str = "",
) -> Holding:
    """Seat a person from a date on, where that needs no second yes; whoever held the seat leaves
    it the day before.

    `because` says why from a date before today. Raises Refused when the person already has a
    seat there, when the seat does not exist on the date, when a later holder is on record
    already, and for a date that is over without a reason.
    """
    begin(seat.committee, by)
    seat.refresh_from_db(fields=["from_date", "to_date"])  # it may have been ended meanwhile
    if seat.needs_second_yes(person, by):
        raise PermissionDenied
    refuse_holder(seat, person, from_date, capacity)
    reason = reason_for(from_date, because)
    return write_holding(
        seat,
        by=by,
        person=person,
        from_date=from_date,
        capacity=capacity,
        reason=reason,
        asked_by=None,
    )


def refuse_holder(seat: Seat, person: Person, from_date: date, capacity: str) -> None:
    """Raise Refused when the person cannot take the seat from the date on."""
    _refuse_outside(seat, from_date)
    _refuse_seated(seat, person, from_date, capacity)
    later = seat.holdings.filter(ends_after_it_starts(), capacity=capacity)
    if later.filter(from_date__gte=from_date).exists():
        message = _("Somebody already takes the seat on that date or later. Choose a later date.")
        raise Refused(from_date=message)


def write_holding(
    seat: Seat,
    *,
    by: Person | None,
    person: Person,
    from_date: date,
    capacity: str,
    reason: str,
    asked_by: Person | None,
) -> Holding:
    """Write the holder of the seat, and the event. It tells who asked for it, or of the set-up."""
    same = seat.holdings.filter(capacity=capacity)
    same.filter(Q(to_date=None) | Q(to_date__gte=from_date)).update(
        to_date=from_date - timedelta(days=1), to_because=reason
    )
    holding = Holding.objects.create(
        seat=seat,
        person=person,
        capacity=capacity,
        from_date=from_date,
        to_date=seat.to_date,
        from_because=reason,
    )
    facts = {
        "seat": seat.pk,
        "role": seat.role,
        "function": seat.function,
        "capacity": capacity,
        "person": person.pseudonym,
        "from": from_date,
        "because": reason,
    }
    agreed = _how_agreed(seat, by, asked_by)
    event = record("committees.seat_taken", seat.committee, by=by, facts=facts | agreed)
    if by and (asked_by or seat.role in Seat.CHAIRING):
        tell(event, person)
    if by and asked_by:
        note_confirmed(person, by=by)
    return holding


def _how_agreed(seat: Seat, by: Person | None, asked_by: Person | None) -> dict[str, Any]:
    if asked_by:
        return {"asked_by": str(asked_by.pseudonym)}
    alone = by and seat.role in Seat.CHAIRING and Municipality.is_being_set_up()
    return {"in_setup": True} if alone else {}


@transaction.atomic
def leave_seat(
    holding: Holding, *, by: Person, to_date: date, because: str = "", at_once: bool = False
) -> None:
    """Let a person leave a seat with a date; the seat is vacant from the day after.

    `because` says why with a date before today; `at_once` is this moment, whatever the date.
    Raises Refused for a day that is over without a reason.
    """
    begin(holding.seat.committee, by)
    if not at_once and to_date < holding.from_date:
        raise Refused(to_date=_("The last day lies before the first."))
    ends = end_of(to_date, because, at_once=at_once)
    if holding.to_date and holding.to_date < min(to_date, ends["to_date"]):
        raise Refused(to_date=_("The person has left the seat already."))
    if holding.ended_at:
        raise Refused(to_date=_("The person has left the seat already."))
    Holding.objects.filter(pk=holding.pk).update(**ends)
    if at_once:
        end_open_sessions(holding.person)
    facts = {
        "seat": holding.seat_id,
        "role": holding.seat.role,
        "function": holding.seat.function,
        "capacity": holding.capacity,
        "person": holding.person.pseudonym,
        "to": ends["to_date"],
        "because": ends["to_because"],
        **moment_of(ends),
    }
    event = record("committees.seat_left", holding.seat.committee, by=by, facts=facts)
    if holding.seat.role in Seat.CHAIRING:
        tell(event, holding.person)


@transaction.atomic
def undo_holding(holding: Holding, *, by: Person) -> None:
    """Take back a holding that was noted by mistake; the chain keeps that it was there.

    Whoever left the seat for it does not get it back by this.
    """
    committee = holding.seat.committee
    begin(committee, by)
    refuse_gone(holding)
    facts = {
        "seat": holding.seat_id,
        "role": holding.seat.role,
        "function": holding.seat.function,
        "capacity": holding.capacity,
        "person": holding.person.pseudonym,
        "from": holding.from_date,
        "to": holding.to_date,
    }
    Holding.objects.filter(pk=holding.pk).delete()
    end_open_sessions(holding.person)
    event = record("committees.holding_undone", committee, by=by, facts=facts)
    if holding.seat.role in Seat.CHAIRING:
        tell(event, holding.person)


def begin(committee: Committee, by: Person | None) -> None:
    """Begin to change a committee's seats. Raises PermissionDenied for those who may not."""
    if by and not committee.can_be_arranged_by(by):
        raise PermissionDenied
    # One at a time changes a committee's seats. SQLite has one writer anyway.
    Committee.objects.select_for_update().get(pk=committee.pk)


def lasting(on: date) -> Q:
    # A new seat or holding has no end yet: whatever lasts beyond its start would overlap it.
    return Q(to_date=None) | Q(to_date__gte=on)


def _refuse_second(committee: Committee, role: str, on: date) -> None:
    if role in ONLY_ONE and committee.seats.filter(lasting(on), role=role).exists():
        raise Refused(role=_("The committee already has this seat. End the old one first."))


def _refuse_outside(seat: Seat, on: date) -> None:
    if on < seat.from_date or (seat.to_date and on > seat.to_date):
        raise Refused(from_date=_("The seat does not exist on that date."))


def _refuse_seated(seat: Seat, person: Person, on: date, capacity: str) -> None:
    if not person.is_active:
        raise Refused(person=_("The login of %(name)s is closed.") % {"name": person.name})
    held = Holding.objects.filter(lasting(on), person=person, seat__committee=seat.committee_id)
    if held.filter(capacity=capacity).exists():
        message = _("%(name)s already has a seat in the committee. Choose somebody else.")
        raise Refused(person=message % {"name": person.name})
    if held.filter(seat=seat).exists():
        raise Refused(person=_("Nobody can be their own deputy. Choose somebody else."))
