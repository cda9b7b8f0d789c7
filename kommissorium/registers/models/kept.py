"""What registers keep beside things: owners, settings, lists, changes of many rows, days, readings."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.committees.models import Committee
from kommissorium.core.evidence.models import Event


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


class DailyFigures(models.Model):
    """Figures of a register at the end of a day, kept in the chain. Never changes (0002_freeze).

    The numbers are the facts of the event.
    """

    UNKEPT = "never changes, and its numbers stand in an event"

    register = models.CharField(max_length=40)
    day = models.DateField()
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["register", "day"], name="one_figure_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.day}"


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    def visible_to(self, person: Person) -> BulkChangeQuerySet:
        """Return one's own; all of them for coordinators and auditors."""
        if person.is_coordinator or person.is_auditor:
            return self
        return self.filter(by=person)


class BulkChange(models.Model):
    """One press that changed many rows of a list.

    `code` is that of the ListPage, and `wishes` what was asked for, by the part's code.
    """

    code = models.CharField(max_length=40)
    wishes = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = BulkChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of many")

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("bulk_change", args=[self.pk])

    def can_be_undone_by(self, person: Person) -> bool:
        """Return whether it is theirs to undo: of whoever made it, and of coordinators."""
        return self.undone_at is None and (person.is_coordinator or self.by_id == person.pk)


class BulkRow(models.Model):
    """Change to one row: `before` and `after` by the part's code, where they differ.

    `kept` is what the register needs beside `before` to put the row back.
    """

    UNKEPT = "says again what the things it changed held before"

    change = models.ForeignKey(BulkChange, models.PROTECT, related_name="rows")
    thing_id = models.PositiveBigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    after_version = models.PositiveIntegerField(default=1)
    is_back = models.BooleanField(default=False)  # put back as it was before

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.change_id} {self.thing_id}"


class SavedList(models.Model):
    """A list somebody wants to come back to: the address's question, and a name.

    `code` is that of the ListPage.
    """

    UNKEPT = "a person's own convenience"

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_lists")
    code = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    query = models.CharField(max_length=2000)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code", "name"], name="one_saved_list_of_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
