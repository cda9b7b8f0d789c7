"""Settings of a register, as coordinators choose them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models


class RoomSettings(models.Model):
    """The settings of a room, in one row; without it the defaults hold."""

    names: ClassVar[tuple[str, ...]]  # what their page asks for

    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self._meta.app_label

    @classmethod
    def current(cls) -> Self:
        """Return the settings; an unsaved row with the defaults where nobody has set any."""
        return cls._default_manager.first() or cls(pk=1)


def only_row(name: str) -> models.CheckConstraint:
    """Return the constraint that there is no second row."""
    return models.CheckConstraint(condition=models.Q(pk=1), name=name)
