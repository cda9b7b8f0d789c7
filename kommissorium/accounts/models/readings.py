"""Log of readings: who read or took out what few may read, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models.people import OrganisationRole, Person
from kommissorium.core.evidence.models import reference

KEPT: Final = timedelta(days=365)


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, person: Person) -> ReadingQuerySet:
        """Return all to auditors and the data protection officer, to others their own."""
        return self if Reading.may_all_be_read_by(person) else self.filter(person=person)

    def about(self, thing: models.Model) -> ReadingQuerySet:
        """Return the readings of one thing, newest first, with their readers."""
        kind, key = reference(thing)
        return self.filter(object_kind=kind, object_id=key).select_related("person")


class Reading(models.Model):
    """One reading of a thing, named as the chain names it, or of a file that was taken out.

    A file is known by the `path` it was fetched from. Kept apart from the chain for a year, for
    whoever read it is a personal datum, and then forgotten (ASVS 16.3.2).
    """

    UNSEALED = _("who read what few may read, kept a year and then forgotten")

    class What(models.TextChoices):
        PAGE = "page", _("The page")
        CLOSED = "closed", _("Closed items")
        NAMES = "names", _("The names of persons concerned")
        MATERIAL = "material", _("The material")
        REPORT = "report", _("The report")
        FINDING = "finding", _("A finding")
        FILE = "file", _("A file")
        EXPORT = "export", _("An export")
        SEARCH = "search", _("Words in a search")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=10, choices=What.choices)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=300, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["object_kind", "object_id", "-at"]),
            models.Index(fields=["person", "-at"]),
            models.Index(fields=["-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.object_kind} {self.object_id}{self.path}"

    @staticmethod
    def may_all_be_read_by(person: Person) -> bool:
        """Return whether `person` may read what everybody has read.

        The role of the data protection officer opens it with a seat in a committee alone, which is
        asked for along with who is signed in.
        """
        is_officer = OrganisationRole.Kind.DPO in person.current_roles
        return person.is_auditor or (is_officer and bool(person.sits_today))
