"""Settings of incidents, and the municipality's own checklists."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.incidents.models.incidents import Incident
from kommissorium.incidents.models.kinds import Severity
from kommissorium.registers.models.kept import RoomSettings, only_row

STEP_LENGTH = 300


class IncidentSettings(RoomSettings):
    """Settings of incidents.

    `token_hash` is what lets a service desk hand reports in; "" lets nobody. `names_days` is how
    long names are kept once a case is in the records system.
    """

    names = ("open_reports", "report_address", "evaluated_from", "names_days")

    open_reports = models.BooleanField(_("reports can be sent without sign-in"), default=False)
    report_address = models.EmailField(
        _("address that incidents can be reported to by mail"),
        blank=True,
        help_text=_(
            "What is sent to it becomes a report, when it comes to the mailbox that the program "
            "reads. From whoever is not known here only where reports can be sent without sign-in."
        ),
    )
    evaluated_from = models.PositiveSmallIntegerField(
        _("the committee evaluates incidents from severity"),
        choices=Severity.choices,
        default=Severity.MODERATE,
    )
    names_days = models.PositiveSmallIntegerField(
        _("days until names are erased once the case is filed"),
        default=30,
        validators=[MinValueValidator(0), MaxValueValidator(365)],
    )
    token_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(RoomSettings.Meta):
        constraints = [only_row("one_row_of_incident_settings")]


class Checklist(models.Model):
    """A checklist of the municipality's own: its steps a line each."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    steps = models.TextField(_("steps"), help_text=_("One step on each line."))
    is_retired = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        verbose_name = _("checklist")

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """A step of a checklist in a case, as it was worded when the list was taken into use."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="steps")
    checklist = models.CharField(max_length=100)
    text = models.CharField(max_length=STEP_LENGTH)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.pk}"
