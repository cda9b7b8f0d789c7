"""People responsible for duties: the holders of their seats, fetched once for many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Holding
from kommissorium.yearwheel.models import Duty, responsible


class Holders:
    """The holders of the seats of some duties, from a day on (one query)."""

    def __init__(self, duties: Iterable[Duty], since: date) -> None:
        seats = {duty.responsible_seat_id for duty in duties if duty.responsible_seat_id}
        rows = Holding.objects.filter(Q(to_date=None) | Q(to_date__gte=since))
        held = rows.filter(seat__in=seats, capacity=Holding.Capacity.HOLDER)
        self._holdings: dict[int, list[Holding]] = {}
        for holding in held.select_related("person") if seats else ():
            self._holdings.setdefault(holding.seat_id, []).append(holding)

    def of(self, duty: Duty, on: date) -> Person | None:
        """Return who answers for the duty on the date; None for nobody."""
        return responsible(duty, on, self._holdings.get(duty.responsible_seat_id or 0, []))


def responsible_now(duty: Duty) -> Person | None:
    """Return who answers for one duty today."""
    today = timezone.localdate()
    return Holders([duty], today).of(duty, today)
