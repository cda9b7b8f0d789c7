"""Services and processes that must go on, their allowed downtime, and their needs."""

from __future__ import annotations

from typing import Final, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from kommissorium.accounts.models import Person
from kommissorium.assets.models import Area, Asset, Criticality, reads_whole_register
from kommissorium.assets.models.assets import MOST_HOURS
from kommissorium.core.evidence.models import Past

CRITICAL: Final = (Criticality.SOCIETY, Criticality.BUSINESS)


class ServiceQuerySet(models.QuerySet["Service"]):
    """Questions about services."""

    def visible_to(self, person: Person) -> Self:
        """Return all to readers of registers; to others those they answer for, and those that need
        an asset of theirs."""
        if reads_whole_register(person):
            return self
        needing = Service.systems.through.objects.filter(
            asset__in=Asset.objects.owned_by(person).order_by().values("pk")
        )
        return self.filter(
            models.Q(responsible=person) | models.Q(pk__in=needing.values("service"))
        )

    def in_use(self) -> Self:
        return self.filter(is_retired=False)


class Service(models.Model):
    """A service or process that must go on: its criticality, and its allowed downtime.

    `mtd` is in hours. `calls` is who is called, in order, one a line (continuity/lines.py): all
    plans of the service say it. How soon a system must run again its own page in the register of
    assets says.
    """

    PAST = Past({"is_retired": gettext_lazy("out of use")})

    title = models.CharField(gettext_lazy("service or process"), max_length=200)
    impact = models.TextField(
        gettext_lazy("what happens when it stops"),
        blank=True,
        help_text=gettext_lazy("For whom, and after how long."),
    )
    criticality = models.CharField(
        gettext_lazy("criticality"), max_length=10, choices=Criticality, blank=True
    )
    mtd = models.PositiveIntegerField(
        gettext_lazy("longest tolerable downtime (hours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("area"),
    )
    responsible = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=gettext_lazy("who answers for it")
    )
    calls = models.TextField(
        gettext_lazy("who is phoned, in this order"),
        blank=True,
        help_text=gettext_lazy(
            "One a line: who; phone number; when they can be reached. All plans of the service say it."
        ),
    )
    systems = models.ManyToManyField(Asset, blank=True, related_name="+")
    is_retired = models.BooleanField(default=False)
    retired_because = models.TextField(gettext_lazy("why it is taken out"), blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = gettext_lazy("service")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mtd=None) | models.Q(mtd__gte=1, mtd__lte=MOST_HOURS),
                name="mtd_is_some_hours",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("continuity_service", args=[self.pk])

    @property
    def is_critical(self) -> bool:
        return self.criticality in CRITICAL

    @property
    def is_assessed(self) -> bool:
        """Return whether its criticality is given, and if critical its downtime."""
        return bool(self.criticality) and (not self.is_critical or self.mtd is not None)

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may add services and take them out."""
        return person.is_coordinator

    def can_be_written_by(self, person: Person) -> bool:
        """Return whether `person` may change it and write its plans."""
        is_theirs = person.is_coordinator or person.pk == self.responsible_id
        return is_theirs and not self.is_retired
