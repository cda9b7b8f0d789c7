"""Things with an owner: who sees them, and who reports their standing."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee


class OwnedQuerySet[M: models.Model](models.QuerySet[M]):
    """Questions about what is owned."""

    def visible_to(self, person: Person) -> Self:
        """Return all to whoever follows a committee, to others those that they own."""
        return self if Committee.are_followed_by(person) else self.filter(owner=person)


class Owned(models.Model):
    """Something of which somebody says how it stands. A room adds `owner`, who may be nobody."""

    owner: Any
    owner_id: int | None

    class Meta:
        abstract = True

    @property
    def has_owner(self) -> bool:
        """Return whether somebody who has not left answers for it."""
        return self.owner is not None and bool(self.owner.is_active)

    def can_be_told_by(self, person: Person) -> bool:
        """Return whether `person` may say how it stands: its owner, and coordinators."""
        return person.is_coordinator or person.pk == self.owner_id
