"""The objectives of a year as a committee approves them, and what was measured of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import uuid4

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area, reads_whole_register
from kommissorium.core.evidence.models import Past, Record
from kommissorium.core.ui.localised import number
from kommissorium.registers.counts import indicators
from kommissorium.registers.models.kept import Owned
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.yearwheel.due_days import months_in_words

EVERY: Final = range(1, 13)  # months between measurements
WHOLE: Final = 100  # per cent
PERCENT: Final = ("%", "pct", "pct.", "procent", "percent", "per cent")  # as people write it


class ObjectiveSet(Proposal):
    """The objectives of a year. Approved, they never change (0002_freeze) but for their owners."""

    year = models.PositiveSmallIntegerField(_("year"))
    statement = models.TextField(_("what is wanted this year"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = ProposalQuerySet["ObjectiveSet"].as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = _("objectives of a year")

    def __str__(self) -> str:
        return str(self.year)

    def get_absolute_url(self) -> str:
        return reverse("objective_set", args=[self.pk])


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, person: Person) -> ObjectiveQuerySet:
        """Return those of all sets to readers of registers, to others their own approved ones."""
        if reads_whole_register(person):
            return self.filter(set__in=ObjectiveSet.objects.visible_to(person).values("pk"))
        return self.filter(owner=person, set__state="approved")

    def in_force_on(self, day: date) -> ObjectiveQuerySet:
        """Return those that a committee had approved and that held on the day."""
        return self.filter(set__in=ObjectiveSet.objects.in_force_on(day).values("pk"))


class Objective(Owned):
    """One thing to reach, held against what is measured every so many months.

    `indicator` names a number that a register keeps ("risks:above"); "" is measured by hand.
    `lineage` is the same in each year that goes on with it and measures the same. `risk_level` is
    the record of the approved level it is held against; without an `area` it is everybody's.
    """

    PAST = Past(
        {"indicator": "", "serves_link": ""},
        under="set",
        opened_to=lambda person: person.is_coordinator,
    )

    class Direction(models.TextChoices):
        AT_LEAST = "at_least", _("At least")
        AT_MOST = "at_most", _("At most")

    set = models.ForeignKey(ObjectiveSet, models.CASCADE, related_name="objectives")
    lineage = models.UUIDField(default=uuid4, db_index=True, editable=False)
    title = models.CharField(_("objective"), max_length=200)
    why = models.TextField(_("why"))
    serves = models.CharField(
        _("goal of the municipality's strategy that it serves"), max_length=200
    )
    serves_link = models.URLField(
        _("address of the strategy"), max_length=500, blank=True, default=""
    )
    risk_level = models.ForeignKey(
        Record,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("risk level it is held against"),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    indicator = models.CharField(
        _("measured by"),
        max_length=80,
        blank=True,
        help_text=_("What a register counts, the program reads each evening. All else is typed."),
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    direction = models.CharField(
        _("at least or at most"), max_length=10, choices=Direction, default=Direction.AT_LEAST
    )
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    due = models.DateField(_("to be reached by"))
    every = models.PositiveSmallIntegerField(_("measured every so many months"))
    owner = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="objectives", verbose_name=_("owner")
    )
    edit_version = models.PositiveIntegerField(default=1)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("objective")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("objective", args=[self.pk])

    def is_reached_by(self, value: Decimal) -> bool:
        """Return whether a value measured is what is wanted."""
        at_least = self.direction == self.Direction.AT_LEAST
        return value >= self.target if at_least else value <= self.target

    @property
    def is_met_by_any_value(self) -> bool:
        """Return whether no value could miss it: at least nothing, or at most all of a share."""
        if self.direction == self.Direction.AT_LEAST:
            return self.target <= 0
        return self.unit.strip().casefold() in PERCENT and self.target >= WHOLE

    def is_nearer(self, value: Decimal, before: Decimal) -> bool:
        """Return whether a value measured is nearer to what is wanted than the one before."""
        at_least = self.direction == self.Direction.AT_LEAST
        return value > before if at_least else value < before

    def in_words(self, value: Decimal | None) -> str:
        """Return a value with its unit; "" for None."""
        return f"{number(value)}\u00a0{self.unit}".strip() if value is not None else ""

    @property
    def wanted(self) -> str:
        return f"{self.get_direction_display()} {self.in_words(self.target)}"

    @property
    def area_name(self) -> str:
        return self.area.name if self.area else gettext("The whole municipality")

    @property
    def measured_by(self) -> str:
        """Return in words what it is measured by, and how often."""
        found = indicators().get(self.indicator)
        what = str(found.label) if found else gettext("By hand")
        return f"{what}, {months_in_words(self.every)}"

    @property
    def counted(self) -> str:
        """Return in a sentence what a register counts of it; "" where it is measured by hand."""
        found = indicators().get(self.indicator)
        return str(found.sentence) if found else ""

    def can_be_measured_by(self, person: Person) -> bool:
        """Return whether `person` may say how it stands: its owner, and coordinators."""
        is_theirs = person.is_coordinator or person.pk == self.owner_id
        return is_theirs and self.set.is_approved and self.set.in_force_to is None

    def can_be_changed_by(self, person: Person) -> bool:
        """Return whether `person` may edit it in a draft, or hand an approved one over."""
        is_kept = self.set.is_draft or (self.set.is_approved and self.set.in_force_to is None)
        return is_kept and self.set.can_be_drafted_by(person)


class Measurement(models.Model):
    """Measurement of an objective on a day. Never changes (0002_freeze): a mistake is remeasured.

    Without `made_by` the program read it from the register that counts.
    """

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="measurements")
    day = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("measurement")

    def __str__(self) -> str:
        return f"{self.day} {self.value}"

    @property
    def in_words(self) -> str:
        return self.objective.in_words(self.value)
