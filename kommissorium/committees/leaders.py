"""Leaders of committees, for the room accounts: they get the mails of access and are guarded."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from kommissorium.accounts.models import held_on
from kommissorium.committees.models import Holding, Seat
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
