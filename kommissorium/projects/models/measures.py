"""Technical measures, how each stands in a quarter, and what a committee approves of it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.core.evidence.models import Past
from kommissorium.core.ui.localised import kroner, number
from kommissorium.measures.periods import Quarter
from kommissorium.registers.models.kept import Owned, OwnedQuerySet
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.registers.requirements import AREAS


class Light(models.TextChoices):
    """State of a measure today, as a traffic light."""

    UNSAID = "", _("Not said yet")
    GREEN = "green", _("Good")
    YELLOW = "yellow", _("Partly good")
    RED = "red", _("Not good enough")


LIGHT_TONES = {Light.GREEN: "success", Light.YELLOW: "warning", Light.RED: "error"}


class TechnicalMeasure(Owned):
    """One of the seven areas that the mandate names, or a measure of the municipality's own.

    `figure_name` is what is counted of it each quarter, where something is.
    """

    PAST = Past({"is_retired": _("out of use")})

    class Unit(models.TextChoices):
        NUMBER = "", _("A number")
        PERCENT = "%", _("Per cent")
        KRONER = "kr", _("Kroner")

    class Wanted(models.TextChoices):
        NEITHER = "", _("Neither")
        MORE = "more", _("The more the better")
        LESS = "less", _("The less the better")

    area = models.CharField(max_length=20, blank=True, choices=list(AREAS.items()))
    name = models.CharField(_("technical measure"), max_length=100, blank=True)
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    figure_name = models.CharField(
        _("what is counted"),
        max_length=100,
        blank=True,
        help_text=_("Such as: computers with the newest protection."),
    )
    unit = models.CharField(_("unit"), max_length=2, blank=True, choices=Unit)
    wanted = models.CharField(_("what is better"), max_length=4, blank=True, choices=Wanted)
    is_retired = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)

    objects = OwnedQuerySet["TechnicalMeasure"].as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("technical measure")
        constraints = [
            models.UniqueConstraint(
                fields=["area"], condition=~models.Q(area=""), name="each_area_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("technical_measure", args=[self.pk])

    @property
    def title(self) -> str:
        return str(AREAS[self.area]) if self.area else self.name

    @staticmethod
    def can_be_changed_by(person: Person) -> bool:
        return person.is_coordinator


class WorkStatus(Proposal):
    """Status of projects and technical measures in a quarter. Approved, it never changes."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("quarter"))
    conclusion = models.TextField(_("what the status shows"), blank=True)
    effort = models.TextField(_("what the next quarter is used for"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ProposalQuerySet["WorkStatus"].as_manager()

    class Meta:
        ordering = ["-year", "-number", "-pk"]
        verbose_name = _("status of the security work")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=~models.Q(state="dropped"),
                name="a_quarter_has_one_work_status",
            ),
        ]

    def __str__(self) -> str:
        return self.quarter.label

    def get_absolute_url(self) -> str:
        return reverse("work_status", args=[self.pk])

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.number)


class MeasureStateQuerySet(models.QuerySet["MeasureState"]):
    def until(self, quarter: Quarter) -> MeasureStateQuerySet:
        """Return what was told of the quarter and those before, the newest first; nothing given up."""
        earlier = models.Q(status__year__lt=quarter.year) | models.Q(
            status__year=quarter.year, status__number__lte=quarter.number
        )
        rows = self.filter(earlier).exclude(status__state="dropped").exclude(said_at=None)
        return rows.order_by("-status__year", "-status__number")


class MeasureState(models.Model):
    """State of a measure in a quarter: one row each, frozen when the status is approved.

    Until somebody has said it, it holds what was said the quarter before.
    """

    status = models.ForeignKey(WorkStatus, models.CASCADE, related_name="states")
    measure = models.ForeignKey(TechnicalMeasure, models.PROTECT, related_name="states")
    light = models.CharField(_("how it stands"), max_length=10, blank=True, choices=Light)
    text = models.TextField(_("the state in words"), blank=True)
    figure = models.PositiveIntegerField(_("figure"), null=True, blank=True)
    figure_name = models.CharField(max_length=100, blank=True)
    unit = models.CharField(max_length=2, blank=True)
    evidence = models.CharField(
        _("what shows it"),
        max_length=200,
        blank=True,
        help_text=_("A report, a test, a log: what it is and where it is kept."),
    )
    evidence_on = models.DateField(_("date of what shows it"), null=True, blank=True)
    plan = models.TextField(_("planned improvement"), blank=True)
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = MeasureStateQuerySet.as_manager()

    class Meta:
        ordering = ["measure_id"]
        verbose_name = _("state of a technical measure")
        constraints = [
            models.UniqueConstraint(fields=["status", "measure"], name="one_state_a_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.measure}"

    @property
    def is_whole(self) -> bool:
        """Return whether it is said, and shown by something that is not older than the quarter."""
        return bool(
            self.said_at
            and self.light
            and self.text
            and self.evidence
            and self.evidence_on
            and self.evidence_on >= self.status.quarter.first
        )

    @property
    def tone(self) -> str:
        return LIGHT_TONES[Light(self.light)] if self.light else ""

    @property
    def light_label(self) -> str:
        return str(Light(self.light).label) if self.light else ""

    @property
    def figure_in_words(self) -> str:
        """Return the figure with what it counts; "" for none."""
        if self.figure is None:
            return ""
        value = (
            kroner(self.figure) if self.unit == "kr" else f"{number(self.figure)}\u00a0{self.unit}"
        )
        return f"{self.figure_name}: {value.strip()}" if self.figure_name else value.strip()
