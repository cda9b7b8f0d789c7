"""The timeline of a case, the names of persons concerned, and the log of its readers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.files.models import StoredFile
from kommissorium.incidents.models.incidents import Incident
from kommissorium.incidents.models.kinds import EntryKind
from kommissorium.registers.models.readings import ReadingLog

NAME_LENGTH = 150


class Entry(models.Model):
    """A line of a case's timeline. Never changes (0002_freeze): corrections are added anew.

    `by` is nobody where the program, or a reporter without sign-in, wrote it. A file is
    evidence by its hash.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=15, choices=EntryKind.choices)
    at = models.DateTimeField(_("when"))
    written_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("what happened"), blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("line of the timeline")

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind}"

    @property
    def is_for_reporter(self) -> bool:
        """Return whether the reporter sees it: their own words, and answers to them."""
        return self.kind in (EntryKind.REPORT, EntryKind.ANSWER)


class ConcernedPerson(models.Model):
    """The name of somebody an incident concerned, kept apart from the case.

    It stands on one page alone: in no minutes, mail, search, chain or file of figures. It is
    erased by rule when the case is in the records system; the case stays.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="concerned")
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    note = models.CharField(_("note"), max_length=200, blank=True)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person concerned")

    def __str__(self) -> str:
        return f"{self.incident_id} {self.pk}"


class Reading(ReadingLog):
    """A log entry: somebody read a case."""

    of = "incident"
    UNSEALED = _("who read which case, kept a year and then forgotten")

    class What(models.TextChoices):
        CASE = "case", _("The case")
        NAMES = "names", _("The names of persons concerned")
        FILE = "file", _("A file")
        EXPORT = "export", _("An export")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="readings")
    what = models.CharField(max_length=10, choices=What.choices)

    class Meta(ReadingLog.Meta):
        indexes = [models.Index(fields=["incident", "person", "what", "at"])]
