"""Who leads a committee: for the room accounts, and to ask for a decision between meetings."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from kommissorium.accounts.models import Person, held_on
from kommissorium.committees.models import Committee, Holding, Seat
from kommissorium.committees.seat_nominations import SeatNomination


def leaders(*, chairs_only: bool) -> Iterable[int]:
    """Return the keys of those in the chair's seats today; or of all who lead, now or later.

    Among the latter are those whose seat waits for a second yes.
    """
    today = timezone.localdate()
    if chairs_only:
        held = Holding.objects.filter(
            held_on(today), seat__role=Seat.Role.CHAIR, capacity=Holding.Capacity.HOLDER
        )
        return held.values_list("person", flat=True)
    lasting = Q(to_date=None) | Q(to_date__gte=today)
    held = Holding.objects.filter(lasting, seat__role__in=Seat.CHAIRING)
    waiting = SeatNomination.objects.filter(answered_at=None)
    return {*held.values_list("person", flat=True), *waiting.values_list("person", flat=True)}


def who_chairs(committee: Committee, on: date, *, but: Collection[Person] = ()) -> list[Person]:
    """Return the person who chairs the committee on the date and can be reached by mail.

    Where that is nobody, or one of `but`, as who asks: the deputy chair, and the deputy of the
    chair's own seat.
    """
    held = Holding.objects.filter(
        held_on(on), seat__committee=committee, seat__role__in=Seat.CHAIRING
    )
    reached = held.filter(person__is_active=True, person__email__isnull=False)
    rows = list(reached.select_related("person", "seat").order_by("seat__position", "pk"))
    found = [row for row in rows if row.person not in but]
    chairs = [
        row
        for row in found
        if row.seat.role == Seat.Role.CHAIR and row.capacity == Holding.Capacity.HOLDER
    ]
    return list({row.person_id: row.person for row in chairs or found}.values())
