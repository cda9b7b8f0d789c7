"""Seats: who holds them, in few queries, and those that wait for a second person's yes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kommissorium.accounts.models import OrganisationRole, Person
from kommissorium.accounts.waiting import Waiting, line_of
from kommissorium.committees.models import Committee, Holding, Seat
from kommissorium.committees.seat_nominations import SeatNomination
from kommissorium.core.ui.localised import day
from kommissorium.core.ui.todo import Todo


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


def seats_waiting_for(reader: Person, committee: Committee | None = None) -> list[Waiting]:
    """Return the seats that wait and the reader may answer, of one committee or of all."""
    rows = SeatNomination.objects.filter(answered_at=None).select_related(
        "person", "by", "seat__committee"
    )
    if committee:
        rows = rows.filter(seat__committee=committee)
    found: list[Waiting] = []
    for row in rows:
        url = reverse("seat_nomination", args=[row.pk])
        found += line_of(row, nomination_in_words(row), url, reader)
    return found


def nomination_in_words(nomination: SeatNomination) -> str:
    """Return the person, the seat, the committee and the day of a nomination, in words."""
    values = {
        "name": nomination.person.name,
        "seat": nomination.seat,
        "committee": nomination.seat.committee.name,
        "date": day(nomination.begins),
    }
    if nomination.capacity == Holding.Capacity.DEPUTY:
        return _("%(name)s is to be deputy for %(seat)s in %(committee)s from %(date)s.") % values
    return _("%(name)s is to take the seat %(seat)s in %(committee)s from %(date)s.") % values


def todos(person: Person) -> Iterator[Todo]:
    """Yield the seats that wait for this person's yes."""
    for one in seats_waiting_for(person):
        if one.can_accept:
            yield Todo(one.text, _("Say yes or no"), one.url, urgent=True)
