"""Actions on seats that need a second person's yes: ask for one, say yes or no."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from kommissorium.accounts.actions import ask_once, invite_unproven, note_answer, tell
from kommissorium.accounts.models import Person
from kommissorium.committees.actions.seats import begin, refuse_holder, take_seat, write_holding
from kommissorium.committees.models import Holding, Seat
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.core.backdating import reason_for
from kommissorium.core.evidence.actions import record
from kommissorium.core.refusals import Refused


def take_or_ask(
    seat: Seat,
    *,
    by: Person | None,
    person: Person,
    from_date: date,
    capacity: str = "holder",
    because: str = "",
) -> Holding | SeatNomination:
    """Seat a person, or ask for the second yes that this needs."""
    if by and seat.needs_second_yes(person, by):
        return nominate_for_seat(
            seat, by=by, person=person, from_date=from_date, capacity=capacity, because=because
        )
    return take_seat(
        seat, by=by, person=person, from_date=from_date, capacity=capacity, because=because
    )


@transaction.atomic
def nominate_for_seat(
    seat: Seat,
    *,
    by: Person,
    person: Person,
    from_date: date,
    capacity: str = "holder",
    because: str = "",
) -> SeatNomination:
    """Ask that a person takes a seat; somebody else says yes. Raises Refused as taking it does."""
    begin(seat.committee, by)
    refuse_holder(seat, person, from_date, capacity)
    nomination = SeatNomination(
        seat=seat,
        person=person,
        by=by,
        capacity=capacity,
        from_date=from_date,
        because=reason_for(from_date, because),
    )
    ask_once(nomination, _("Somebody is proposed for this seat already. Answer to that first."))
    facts = {**_facts(nomination), "from": from_date, "because": nomination.because}
    told = record("committees.seat_nominated", seat.committee, by=by, facts=facts)
    tell(told, person, asks=nomination)
    return nomination


@transaction.atomic
def accept_seat_nomination(nomination: SeatNomination, *, by: Person) -> Holding:
    """Say yes: the seat is taken, not before today. Raises Refused where it cannot be any more."""
    seat, asker = nomination.seat, nomination.by
    begin(seat.committee, None)
    note_answer(nomination, by=by, accepted=True)
    if not (asker.is_active and seat.committee.can_be_arranged_by(asker)):
        sentence = _("%(name)s, who asked, may no longer give this seat. Say no.")
        raise Refused(sentence % {"name": asker.name})
    refuse_holder(seat, nomination.person, nomination.begins, nomination.capacity)
    invite_unproven(nomination.person, by=by, asked_by=asker)
    return write_holding(
        seat,
        by=by,
        person=nomination.person,
        from_date=nomination.begins,
        capacity=nomination.capacity,
        reason=nomination.because,
        asked_by=asker,
    )


@transaction.atomic
def refuse_seat_nomination(nomination: SeatNomination, *, by: Person) -> None:
    """Say no, or take back what one asked for."""
    note_answer(nomination, by=by, accepted=False)
    committee, facts = nomination.seat.committee, _facts(nomination)
    tell(record("committees.seat_refused", committee, by=by, facts=facts), nomination.person)


def _facts(nomination: SeatNomination) -> dict[str, object]:
    seat = nomination.seat
    return {
        "seat": seat.pk,
        "role": seat.role,
        "function": seat.function,
        "capacity": nomination.capacity,
        "person": str(nomination.person.pseudonym),
    }
