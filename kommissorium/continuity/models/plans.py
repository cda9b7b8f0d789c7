"""The plans of a service, the settings of all plans, and holders of their paper copies."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.continuity.models.exercises import ContinuityTest
from kommissorium.continuity.models.services import Service
from kommissorium.measures.days import add_months
from kommissorium.registers.models.kept import RoomSettings, only_row
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet

STEPS = gettext_lazy("One step a line: who; what; where.")
NONE = gettext_lazy("Only where the committee is to decide that the service needs no such plan.")


class PlanPart(models.TextChoices):
    """The three kinds of plan: leadership, work by hand, and re-establishment."""

    CONTINGENCY = "contingency", gettext_lazy("Contingency plan")
    EMERGENCY = "emergency", gettext_lazy("Emergency plan")
    RECOVERY = "recovery", gettext_lazy("Re-establishment plan")


class ContinuityPlanQuerySet(ProposalQuerySet["ContinuityPlan"]):
    """Questions about plans."""

    def visible_to(self, person: Person) -> Self:
        """Return those of services the person sees: all to their writers, to others what is
        proposed or approved."""
        if person.is_coordinator:
            return self
        seen = models.Q(service__in=Service.objects.visible_to(person).order_by().values("pk"))
        open_ = models.Q(state__in=["proposed", "approved"])
        return self.filter(seen & (open_ | models.Q(service__responsible=person)))

    def open(self) -> Self:
        return self.filter(state__in=["draft", "proposed"])


class ContinuityPlan(Proposal):
    """A version of a service's plans, from one set of data. Once proposed, its words never change.

    Each of the three is its steps, or why none is needed: that too the committee decides.
    `improves` is the test whose lessons it takes up.
    """

    service = models.ForeignKey(Service, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(editable=False)
    starts_when = models.TextField(
        gettext_lazy("when the plans are set going"),
        blank=True,
        help_text=gettext_lazy("What must have happened, and who decides it."),
    )
    contingency = models.TextField(
        gettext_lazy("contingency plan: who leads and tells"), blank=True, help_text=STEPS
    )
    no_contingency = models.TextField(
        gettext_lazy("why no contingency plan is needed"), blank=True, help_text=NONE
    )
    emergency = models.TextField(
        gettext_lazy("emergency plan: how the work goes on by hand"), blank=True, help_text=STEPS
    )
    no_emergency = models.TextField(
        gettext_lazy("why no emergency plan is needed"), blank=True, help_text=NONE
    )
    recovery = models.TextField(
        gettext_lazy("re-establishment plan: how it is brought back"), blank=True, help_text=STEPS
    )
    no_recovery = models.TextField(
        gettext_lazy("why no re-establishment plan is needed"), blank=True, help_text=NONE
    )
    change_because = models.TextField(gettext_lazy("what is new, and why"), blank=True)
    improves = models.ForeignKey(
        ContinuityTest,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="improved",
        verbose_name=gettext_lazy("takes up what a test showed"),
    )
    review_months = models.PositiveSmallIntegerField(default=12, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ContinuityPlanQuerySet.as_manager()

    class Meta:
        ordering = ["service", "-number"]
        verbose_name = gettext_lazy("plans of a service")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "number"], name="one_continuity_plan_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return _("Plans of %(service)s, version %(number)d") % {
            "service": self.service.title,
            "number": self.number,
        }

    def get_absolute_url(self) -> str:
        return reverse("continuity_plan", args=[self.pk])

    def part(self, name: str) -> str:
        """Return "plan" where the part has steps, "none" where none is needed, "" for neither."""
        if getattr(self, name):
            return "plan"
        return "none" if getattr(self, f"no_{name}") else ""

    @property
    def missing(self) -> list[str]:
        """Return which of the three it lacks, in words."""
        return [str(one.label) for one in PlanPart if not self.part(one)]

    @property
    def review_by(self) -> date | None:
        """Return the day by which it is to be reviewed; None before it holds."""
        begun = self.in_force_from
        return add_months(begun, self.review_months) if begun else None

    def can_be_drafted_by(self, person: Person) -> bool:  # type: ignore[override]
        """Return whether `person` may write it: those who answer for the service, coordinators."""
        return self.service.can_be_written_by(person)


class PaperCopyQuerySet(models.QuerySet["PaperCopy"]):
    """Questions about printed copies."""

    def kept(self) -> Self:
        """Return those neither returned nor destroyed, with their holders."""
        return self.filter(returned_on=None).select_related("holder", "service")


class PaperCopy(models.Model):
    """A printed copy, of one service's plans or of all, until it is returned or destroyed."""

    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=gettext_lazy("plans of"),
    )
    holder = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=gettext_lazy("who holds it")
    )
    place = models.CharField(
        gettext_lazy("where it lies"),
        max_length=200,
        help_text=gettext_lazy("Such as the red binder at the duty desk."),
    )
    printed_on = models.DateField(gettext_lazy("printed on"))
    returned_on = models.DateField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = PaperCopyQuerySet.as_manager()

    class Meta:
        ordering = ["printed_on", "pk"]
        verbose_name = gettext_lazy("paper copy")

    def __str__(self) -> str:
        return self.place

    @property
    def of_what(self) -> str:
        return self.service.title if self.service else _("All plans")

    @property
    def in_words(self) -> str:
        """Return the holder and the place, on one line."""
        return f"{self.holder.name}, {self.place}"


class ContinuitySettings(RoomSettings):
    """The settings of all plans."""

    names = ("general_plan", "general_link", "classification", "review_months")

    general_plan = models.CharField(
        gettext_lazy("the municipality's general contingency plan"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Its name and case number. Every plan refers to it."),
    )
    general_link = models.CharField(gettext_lazy("where it is found"), max_length=2000, blank=True)
    classification = models.CharField(
        gettext_lazy("classification printed on the plans"), max_length=60, blank=True
    )
    review_months = models.PositiveSmallIntegerField(
        gettext_lazy("months between reviews of a plan"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta(RoomSettings.Meta):
        constraints = [only_row("one_row_of_continuity_settings")]

    @property
    def general(self) -> str:
        """Return the general contingency plan and where it is found, on one line."""
        return ", ".join(filter(None, (self.general_plan, self.general_link)))
