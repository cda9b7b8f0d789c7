"""Seats and their holders, fetched in few queries for pages and exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.committees.models import Committee, Holding, Seat


@dataclass(frozen=True)
class SeatRow:
    """A seat on a date: its holder, its deputy, and its later holder."""

    seat: Seat
    day: date
    holder: Holding | None
    deputy: Holding | None
    coming: Sequence[Holding]

    @property
    def is_vacant(self) -> bool:
        return self.holder is None

    @property
    def begins_later(self) -> bool:
        return self.seat.from_date > self.day

    def is_led_from_by(self, person: Person) -> bool:
        """Return whether `person` leads the committee from this seat, as holder or deputy."""
        held = [one for one in (self.holder, self.deputy) if one]
        return self.seat.role in Seat.CHAIRING and any(one.person_id == person.pk for one in held)


def seats_on(committee: Committee, day: date) -> list[SeatRow]:
    """Return the seats that exist on the date, in the mandate's order (three queries)."""
    lasting = Holding.objects.filter(Q(to_date=None) | Q(to_date__gte=day))
    seats = committee.seats.on(day).prefetch_related(_with_people(lasting))
    return [_row(seat, day) for seat in seats]


def coming_seats(committee: Committee, day: date) -> list[SeatRow]:
    """Return the seats that begin after the date, the first one first."""
    seats = committee.seats.filter(from_date__gt=day).order_by("from_date", "position", "pk")
    found = seats.prefetch_related(_with_people(Holding.objects.all()))
    return [_row(seat, day) for seat in found]


def seats_ever(committee: Committee) -> list[Seat]:
    """Return all seats there ever were, each with its `holdings`, the newest first."""
    holdings = Holding.objects.select_related("person").order_by("-from_date", "-pk")
    return list(committee.seats.prefetch_related(Prefetch("holdings", queryset=holdings)))


def roles_ever() -> list[OrganisationRole]:
    """Return the people with a role in the municipality that a mandate can ask for in a seat."""
    kinds = OrganisationRole.Kind
    asked = [kinds.EXECUTIVE, kinds.COORDINATOR, kinds.DPO]
    rows = OrganisationRole.objects.filter(kind__in=asked).select_related("person")
    return list(rows.order_by("kind", "-from_date", "-pk"))


def _with_people(holdings: QuerySet[Holding]) -> Prefetch[str]:
    queryset = holdings.select_related("person").order_by("from_date", "pk")
    return Prefetch("holdings", queryset=queryset, to_attr="lasting")


def _row(seat: Seat, day: date) -> SeatRow:
    lasting: Sequence[Holding] = seat.lasting  # type: ignore[attr-defined]
    begun = [holding for holding in lasting if holding.from_date <= day]
    return SeatRow(
        seat=seat,
        day=day,
        holder=_of(begun, Holding.Capacity.HOLDER),
        deputy=_of(begun, Holding.Capacity.DEPUTY),
        coming=[holding for holding in lasting if holding.from_date > day],
    )


def _of(holdings: Sequence[Holding], capacity: str) -> Holding | None:
    return next((holding for holding in holdings if holding.capacity == capacity), None)
