"""A seat somebody is to take when a second person says yes."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from kommissorium.accounts.models import DatedSecondYes, Person


class SeatNomination(DatedSecondYes):
    """A person to hold a seat, or be its deputy: a seat of chair or deputy chair, or one's own."""

    seat = models.ForeignKey("committees.Seat", models.PROTECT, related_name="nominations")
    capacity = models.CharField(max_length=10)

    class Meta:
        app_label = "committees"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "capacity"],
                condition=models.Q(answered_at=None),
                name="one_waiting_nomination_for_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.capacity} {self.seat_id}"

    def get_absolute_url(self) -> str:
        return reverse("seat_nomination", args=[self.pk])

    def may_be_seconded_by(self, person: Person) -> bool:
        """Return whether it is an administrator, a coordinator or a leader of the committee.

        Not the secretary: whoever asks for the chair's seat may have chosen that one alone.
        """
        if person.is_administrator or person.is_coordinator:
            return True
        return bool(self.seat.committee.leading_capacity_of(person))
