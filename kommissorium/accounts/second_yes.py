"""Requests that wait for a second person's yes: by whom, for what, and the answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from kommissorium.accounts.models import Person


class SecondYes(models.Model):
    """Something somebody asked for that holds only when another person says yes.

    Whoever asked, and whom it is about, can take it back but never say yes to it.
    """

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the page on which it is answered."""
        raise NotImplementedError

    def concerns(self, person: Person) -> bool:
        return person.pk in (self.person_id, self.by_id)

    def may_be_seconded_by(self, person: Person) -> bool:
        """Return whether `person` is somebody whose yes counts, were it not their own affair."""
        raise NotImplementedError

    def can_be_accepted_by(self, person: Person) -> bool:
        return not self.concerns(person) and self.may_be_seconded_by(person)

    def can_be_refused_by(self, person: Person) -> bool:
        return self.concerns(person) or self.may_be_seconded_by(person)


class DatedSecondYes(SecondYes):
    """A role or a seat asked for from a date on; `because` says why from one before that day."""

    from_date = models.DateField()
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def begins(self) -> date:
        """Return the first day if the yes comes today: not before it, unless a reason says so."""
        return self.from_date if self.because else max(self.from_date, timezone.localdate())
