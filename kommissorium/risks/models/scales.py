"""Scales, the level the committee sets on them, and how many risks lie in each cell.

The cells of a scale are stored one by one. In three of four scales in use in Danish
municipalities equal products land in different bands, so no product is ever computed.

Fifty thousand risks would be counted again for every page; the rows of numbers are read instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kommissorium.accounts.models import Person
from kommissorium.registers.models.proposals import Proposal, ProposalQuerySet
from kommissorium.risks.models.threats import Group

NAME_LENGTH = 120
SMALLEST, LARGEST = 3, 5


@dataclass(frozen=True, slots=True)
class Step:
    """A step of likelihood or consequence: its number from 1, its name, and what it means."""

    number: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """A band of risk. `rank` grows with the risk; `tone` is one of TONES."""

    rank: int
    name: str
    tone: str


TONES = ("green", "lightgreen", "yellow", "orange", "red")


class ScaleQuerySet(models.QuerySet["Scale"]):
    def newest(self) -> ScaleQuerySet:
        """Return the newest version of each scale."""
        later = self.model.objects.filter(
            family=models.OuterRef("family"), version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(later))


class Scale(models.Model):
    """A version of a scale. What has been assessed by keeps its texts: see 0002_freeze.

    `likelihoods` and `consequences` are lists of {"name", "text"}, the lowest step first.
    `bands` is a list of {"name", "tone"}, the lowest first. `cells[c - 1][l - 1]` is the rank
    (from 1) of the band of consequence c and likelihood l. One scale is in use: `use_mark`.
    """

    family = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    size = models.PositiveSmallIntegerField(
        _("steps"), validators=[MinValueValidator(SMALLEST), MaxValueValidator(LARGEST)]
    )
    likelihoods = models.JSONField()
    consequences = models.JSONField()
    bands = models.JSONField()
    cells = models.JSONField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    use_mark = models.BooleanField(null=True, default=None, unique=True)

    objects = ScaleQuerySet.as_manager()

    class Meta:
        ordering = ["family", "-version"]
        verbose_name = _("scale")
        constraints = [
            models.UniqueConstraint(fields=["family", "version"], name="one_scale_of_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def get_absolute_url(self) -> str:
        return reverse("scale", args=[self.pk])

    @classmethod
    def in_use(cls) -> Scale | None:
        """Return the scale new assessments are made by; None where none is chosen."""
        return cls.objects.filter(use_mark=True).first()

    @property
    def likelihood_steps(self) -> list[Step]:
        return _steps(self.likelihoods)

    @property
    def consequence_steps(self) -> list[Step]:
        return _steps(self.consequences)

    @property
    def band_list(self) -> list[Band]:
        return [
            Band(rank, one["name"], one["tone"]) for rank, one in enumerate(self.bands, start=1)
        ]

    @property
    def said(self) -> dict[str, Any]:
        """Return all that it says, as a record keeps it."""
        names = ("name", "version", "likelihoods", "consequences", "bands", "cells")
        return {name: getattr(self, name) for name in names}

    def rank_of(self, consequence: int, likelihood: int) -> int:
        """Return the rank of a cell's band. Raises IndexError for steps the scale has not."""
        if not (1 <= consequence <= self.size and 1 <= likelihood <= self.size):
            raise IndexError(f"{consequence} x {likelihood} of {self.size}")
        return int(self.cells[consequence - 1][likelihood - 1])

    def band(self, rank: int) -> Band:
        return self.band_list[rank - 1]

    @staticmethod
    def can_be_kept_by(person: Person) -> bool:
        """Return whether `person` may make, change and choose scales."""
        return person.is_coordinator


def _steps(texts: Sequence[dict[str, str]]) -> list[Step]:
    return [Step(number, one["name"], one["text"]) for number, one in enumerate(texts, start=1)]


class RiskLevel(Proposal):
    """Acceptable risk in a year. Approved, it never changes (0002_freeze) but for its end.

    `cells[c - 1][l - 1]` is true where the cell of the scale is acceptable. `group` "" holds for
    every category that has none of its own.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    group = models.CharField(_("category"), max_length=15, blank=True, choices=Group.choices)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="levels")
    statement = models.TextField(_("what the committee accepts"))
    cells = models.JSONField()
    # Without a default: SQLite would write the table anew, and its triggers would be gone.
    wide_because = models.TextField(_("why nearly all is accepted"), null=True, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    # Keys of the scales with another number of steps: set by levels.levels_on.
    other_scales: frozenset[int] = frozenset()

    objects = ProposalQuerySet["RiskLevel"].as_manager()

    class Meta:
        ordering = ["-year", "group", "-pk"]
        verbose_name = _("risk level")

    def __str__(self) -> str:
        return f"{self.year} {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("risk_level", args=[self.pk])

    def accepts(self, consequence: int, likelihood: int) -> bool:
        """Return whether a cell lies within the level."""
        return bool(self.cells[consequence - 1][likelihood - 1])

    @property
    def accepts_nearly_all(self) -> bool:
        """Return whether at least seven cells in eight are acceptable."""
        accepted = [cell for row in self.cells for cell in row]
        return bool(8 * sum(accepted) >= 7 * len(accepted))

    def is_coming_on(self, day: date) -> bool:
        """Return whether it is approved and begins later than the day."""
        return self.in_force_from is not None and self.in_force_from > day

    def is_over_on(self, day: date) -> bool:
        """Return whether it held once and has been replaced."""
        return self.in_force_to is not None and self.in_force_to <= day


class Cells(models.Model):
    """Key of a count: a cell of a scale, before or after treatment, in a category.

    Consequence and likelihood are 0 for a risk without scores.
    """

    class Picture(models.TextChoices):
        BEFORE = "before", "before treatment"
        AFTER = "after", "after treatment"

    picture = models.CharField(max_length=6, choices=Picture.choices)
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="+")
    group = models.CharField(max_length=15)
    consequence = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    number = models.IntegerField()

    class Meta:
        abstract = True


class CellCount(Cells):
    """Number of risks of today's picture in a cell."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["picture", "scale", "group", "consequence", "likelihood"],
                name="one_count_of_a_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.picture} {self.consequence}x{self.likelihood}: {self.number}"


class CellChange(Cells):
    """Number of risks that came into a cell on a day, less those that left it."""

    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "picture", "scale", "group", "consequence", "likelihood"],
                name="one_change_of_a_cell_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.picture} {self.consequence}x{self.likelihood}: {self.number}"
