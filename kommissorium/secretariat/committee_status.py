"""Status of the committees a person follows: calendar, mandate and seats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Clause, Committee, Mandate, Seat
from kommissorium.meetings.year_plan import Reach, reaches


@dataclass(frozen=True)
class CommitteeStatus:
    """Status of a committee today: its calendar, mandate and seats."""

    reach: Reach
    mandate: Mandate | None  # in force
    draft: Mandate | None
    seats: Sequence[Seat]

    @property
    def committee(self) -> Committee:
        return self.reach.committee

    @property
    def vacant(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.holder is None]

    def is_led_by(self, person: Person) -> bool:
        """Return whether `person` leads it today, or in the chair's absence. Asks nothing."""
        chairing = (seat for seat in self.seats if seat.role in Seat.CHAIRING)
        return any(one.person_id == person.pk for seat in chairing for one in seat.current)

    @property
    def leaders(self) -> list[Person]:
        """Return who leads it, whose turn it is first: the chair, the deputy chair, their deputies."""
        seats = [seat for role in Seat.CHAIRING for seat in self.seats if seat.role == role]
        found = [seat.holder for seat in seats] + [seat.deputy for seat in seats]
        return [one for one in found if one is not None and one.is_active]

    def is_decided_by(self, person: Person, proposed_by: int | None = None) -> bool:
        """Return whether it is `person`'s turn to decide; nobody decides on what they proposed."""
        turn = next((one for one in self.leaders if one.pk != proposed_by), None)
        return turn == person

    @property
    def secretaries(self) -> set[int]:
        """Return the keys of those who sit as its secretary and have not left."""
        seats = (seat for seat in self.seats if seat.role == Clause.Role.SECRETARY)
        holders = [seat.holder for seat in seats]
        return {one.pk for one in holders if one is not None and one.is_active}

    def shows_closed_to(self, person: Person) -> bool:
        """Return what Committee.shows_closed_to says, from the seats of today. Asks nothing."""
        seated = any(one.person_id == person.pk for seat in self.seats for one in seat.current)
        may_audit = person.is_auditor and self.committee.auditors_see_closed
        return person.is_coordinator or seated or may_audit


def committee_statuses(person: Person, on: date | None = None) -> list[CommitteeStatus]:
    """Return how the committees a person follows stand; four queries, however many they are."""
    on = on or timezone.localdate()
    found = reaches(person, on)
    keys = [reach.committee.pk for reach in found]
    mandates = list(
        Mandate.objects.filter(committee__in=keys)
        .filter(Q(approved_at=None) | Q(effective_from__lte=on))
        .defer("source_text")
        .order_by("-effective_from", "-version")
    )
    seats = list(Seat.objects.filter(committee__in=keys).on(on).with_holders(on)) if keys else []
    return [
        CommitteeStatus(
            reach,
            mandate=_first(mandates, reach.committee, approved=True),
            draft=_first(mandates, reach.committee, approved=False),
            seats=[seat for seat in seats if seat.committee_id == reach.committee.pk],
        )
        for reach in found
    ]


def _first(mandates: Sequence[Mandate], committee: Committee, *, approved: bool) -> Mandate | None:
    own = (one for one in mandates if one.committee_id == committee.pk)
    return next((one for one in own if one.is_approved == approved), None)
